"""The colours of every paper, page and workbook, defined once; text on its ground meets WCAG AA."""

from types import MappingProxyType
from typing import Final

LIGHT: Final = MappingProxyType(
    {
        "paper": "#ffffff",
        "ink": "#1f2a30",
        "muted": "#55626a",
        "line": "#d5dce0",
        "shade": "#f3f6f7",
        "teal": "#0b4f57",
        "teal_shade": "#e3eff0",
        "accent": "#a8481a",
        "accent_shade": "#fcefe7",
        "green": "#2b663c",
        "green_shade": "#e9f3ec",
        "on_accent": "#ffffff",
    }
)
DARK: Final = MappingProxyType(
    {
        "paper": "#11191c",
        "ink": "#e7edef",
        "muted": "#a9b7bc",
        "line": "#37464c",
        "shade": "#1a2428",
        "teal": "#84cbd0",
        "teal_shade": "#17333a",
        "accent": "#f2a57a",
        "accent_shade": "#3a2418",
        "green": "#93d1a3",
        "green_shade": "#1a3122",
        "on_accent": "#1c0f07",
    }
)


def css_variables(colours: MappingProxyType[str, str]) -> str:
    """The colours as CSS custom properties: `--ksd-ink:#1f2a30;...`."""
    return "".join(f"--ksd-{name.replace('_', '-')}:{value};" for name, value in colours.items())
