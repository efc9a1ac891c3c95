"""Give a drawing an office's colours: each colour of the palette becomes the one its theme names."""

import re
from typing import Final

from ksd_toolkit.display.palette import BASE
from ksd_toolkit.document import Style

_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}(?![0-9a-fA-F])")


def recoloured(svg: str, style: Style) -> str:
    """`svg` with the theme's colours in place of the palette's.

    Charts are drawn in the palette, so one executed notebook serves every theme. Where two names
    share a colour and the theme parts them, the name that comes first in the palette is followed.

    Args:
        svg: A drawing of ours.
        style: The look of the paper; without colours of its own the drawing stays as it is.
    """
    own = dict(style.colours)
    instead = {BASE[name]: own[name] for name in reversed(BASE) if name in own}
    if not instead:
        return svg
    return _COLOUR.sub(lambda found: instead.get(found[0].lower(), found[0]), svg)
