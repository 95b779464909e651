"""Proof as others are shown it: the parts that were told, in the order of a story, and a link that is safe."""

import re
from typing import Final

from data.base.text import clean_line
from data.model.proof import PROOF_PARTS
from data.model.records import Verdict, Win, proof_of

_WEB: Final = re.compile(r"https?://[^\s<>\"'`\\{}|^]+", re.IGNORECASE)
"""An address of the web, whole; anything else is words."""


def told_lines(win: Win) -> tuple[tuple[str, str], ...]:
    """Return what each part is called and says, without the link; nothing for a win that isn't real."""
    if win.verdict is not Verdict.REAL:
        return ()
    proof = proof_of(win)
    said = ((part.word, clean_line(getattr(proof, part.name))) for part in PROOF_PARTS if part.name != "link")
    return tuple((word, words) for word, words in said if words)


def told_link(win: Win) -> str:
    """Return where a real win can be seen, in its words, or ""."""
    return clean_line(proof_of(win).link) if win.verdict is Verdict.REAL else ""


def is_web_address(link: str) -> bool:
    """Return whether a browser may follow a link: an address of the web, and nothing that runs."""
    return _WEB.fullmatch(link) is not None


def markdown_link(link: str, escaped: str) -> str:
    """Return a link as Markdown has it, or the escaped words where it is no address of the web."""
    return f"<{link}>" if is_web_address(link) else escaped
