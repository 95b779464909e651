"""Text in Markdown that means itself: what would be markup is escaped (CommonMark 0.31, section 2.4)."""

import re
from typing import Final

_ALWAYS: Final = re.compile(
    r"([\\`*_\[\]<>#&~|^%{}]|:(?=:)|(?<=@done)\(|(?<=@completed)\(|(?<=[📅⏳🛫\u2795❌✅⌛🗓] \d{4})-)"
)
"""Marks of CommonMark, and those that Obsidian and Logseq read: block ids, comments, queries, properties, dates,
and TaskPaper's `@done(`."""
_AT_START: Final = re.compile(r"^([ \t]*)([-+=:,])", re.MULTILINE)
_NUMBERED: Final = re.compile(r"^([ \t]*\d+)([.)])", re.MULTILINE)
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")


def escape(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return _NUMBERED.sub(r"\1\\\2", _AT_START.sub(r"\1\\\2", _ALWAYS.sub(r"\\\1", text)))


def unescape(text: str) -> str:
    """Return what an escaped text says."""
    return _ESCAPED.sub(r"\1", text)
