"""A paper as a Word file."""

from ksd_toolkit.publishing.docx.writer import docx_bytes

__all__ = ["docx_bytes"]
