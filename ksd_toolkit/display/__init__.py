"""Turn document blocks into what a notebook shows and what publishing reads back."""

from ksd_toolkit.display.fragment import html_fragment
from ksd_toolkit.display.shown import MIME, Shown, blocks_of_bundle

__all__ = ["MIME", "Shown", "blocks_of_bundle", "html_fragment"]
