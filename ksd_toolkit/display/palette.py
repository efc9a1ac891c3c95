"""The colours of every paper, page and workbook, defined once; text on its ground meets WCAG AA."""

from collections.abc import Mapping
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

# The tones of maps: the higher the class, the further from the ground; in grey print as well.
MAP_LIGHT: Final = MappingProxyType(
    {
        "map_class_1": "#e1eeee",
        "map_class_2": "#abd2d3",
        "map_class_3": "#5aa5a8",
        "map_class_4": "#24767d",
        "map_class_5": "#0b4049",
        "map_home": "#e08a2e",
        "map_borders": "#24767d",
        "map_near": "#8cc3c5",
        "map_sea": "#e8d9a8",
        "map_unknown": "#dde2e4",
        "map_land": "#f3f6f7",
        "map_rim": "#6c7a82",
    }
)
MAP_DARK: Final = MappingProxyType(
    {
        "map_class_1": "#1d3a3f",
        "map_class_2": "#2b5c62",
        "map_class_3": "#45898f",
        "map_class_4": "#79c0c5",
        "map_class_5": "#c8eff1",
        "map_home": "#f0934f",
        "map_borders": "#79c0c5",
        "map_near": "#3f7f85",
        "map_sea": "#8d7d45",
        "map_unknown": "#3a474c",
        "map_land": "#1a2428",
        "map_rim": "#8b9aa0",
    }
)

# What charts need beyond both: the far end of a scale that diverges, no answer, lines and bars that
# stand back. Charts keep a light ground by night, so these have no dark twin.
CHART: Final = MappingProxyType(
    {
        "chart_low": "#9c3d10",
        "chart_none": "#e6eaec",
        "chart_faint": "#b4bec3",
        "chart_whole": "#5b6a72",
    }
)
BASE: Final = MappingProxyType({**LIGHT, **MAP_LIGHT, **CHART})
"""Every colour of the palette a theme may name."""


def css_variables(colours: Mapping[str, str]) -> str:
    """The colours as CSS custom properties: `--ksd-ink:#1f2a30;...`."""
    return "".join(f"--ksd-{name.replace('_', '-')}:{value};" for name, value in colours.items())
