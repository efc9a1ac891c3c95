"""What is an office's own in its papers: how they look, who signs them, and which sources they cite."""

from ksd_toolkit.theme.look import Theme
from ksd_toolkit.theme.reading import read_theme, theme_file
from ksd_toolkit.theme.sources import NO_SOURCES, Reference, Sources, read_sources

__all__ = [
    "NO_SOURCES",
    "Reference",
    "Sources",
    "Theme",
    "read_sources",
    "read_theme",
    "theme_file",
]
