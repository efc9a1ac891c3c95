"""Markdown of notebooks and templates as blocks; the reading itself also serves what a notebook shows."""

from ksd_toolkit.display.markdown import markdown_blocks, markdown_lines

__all__ = ["markdown_blocks", "markdown_lines"]
