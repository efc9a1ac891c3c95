"""What the system or the reader of TOML says went wrong, in the words of the toolkit's languages.

Both speak English only. What they may say is known; anything else is told as what it is without their words.
"""

import errno
import re
from typing import Final

from ksd_toolkit.messages.catalogue import say

_SYSTEM: Final = {
    errno.ENOENT: "missing", errno.EACCES: "forbidden", errno.EPERM: "forbidden",
    errno.EROFS: "read_only", errno.ENOSPC: "full", errno.EDQUOT: "full", errno.EISDIR: "folder",
    errno.ENOTDIR: "no_folder", errno.EEXIST: "there", errno.EBUSY: "busy", errno.ETXTBSY: "busy",
    errno.ENAMETOOLONG: "long_name", errno.EINVAL: "bad_name", errno.EIO: "disk",
    errno.ENOTEMPTY: "not_empty", errno.EXDEV: "other_disk", errno.ELOOP: "loop",
}  # fmt: skip
_TOML: Final = (
    ("Expected '='", "equals"),
    ("Expected newline", "one_a_line"),
    ("Expected ']", "bracket"),
    ("Unclosed", "unclosed"),
    ("Unterminated string", "quotes"),
    ("Illegal character", "quotes"),
    ("Expected '\"", "quotes"),
    ("Unescaped", "backslash"),
    ("Invalid hex value", "backslash"),
    ("Escaped character", "backslash"),
    ("Invalid initial character", "key"),
    ("Invalid statement", "key"),
    ("Invalid date", "date"),
    ("Invalid value", "value"),
    ("Cannot", "twice"),
    ("Duplicate", "twice"),
    ("Found invalid character", "letter"),
)
_PLACE: Final = re.compile(r"\(at line (?P<line>\d+), column (?P<column>\d+)\)")


def system_reason(error: OSError, lang: str) -> str:
    """Why the system refused a file or folder."""
    return say(f"outside.system_{_SYSTEM.get(error.errno or 0, 'other')}", lang)


def toml_reason(error: ValueError, lang: str) -> str:
    """What is wrong in a TOML text and, where it is known, in which line and column."""
    text = str(error)
    if isinstance(error, UnicodeDecodeError):
        return say("outside.toml_utf8", lang)
    code = next((code for start, code in _TOML if text.startswith(start)), "other")
    told = say(f"outside.toml_{code}", lang)
    place = _PLACE.search(text)
    if place is None:
        return told
    return say("outside.toml_at", lang, told=told, line=place["line"], column=place["column"])


def system_reasons(error: OSError) -> dict[str, object]:
    """Why the system refused, in both languages."""
    return {"reason": system_reason(error, "id"), "reason_en": system_reason(error, "en")}


def toml_reasons(error: ValueError) -> dict[str, object]:
    """What is wrong in a TOML text, in both languages."""
    return {"reason": toml_reason(error, "id"), "reason_en": toml_reason(error, "en")}
