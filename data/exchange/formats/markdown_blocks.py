"""The blocks of a Markdown text: headings, lists, paragraphs and what is none of them, each with its lines.

Parsed by markdown-it-py as CommonMark 0.31 has it, with tables, and with two liberties that plain notes take: the signs
that people and their programs begin bullets with are bullets, and what is indented is never code.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from markdown_it.token import Token

_SIGNED: Final = re.compile(
    r"^((?:[ \t]|>)*)(?:(?P<done>[✅☑✓✔]\ufe0f?|X(?=\s+\S))|(?P<open>☐)|(?P<off>[☒✗✘❌]\ufe0f?)|(?P<sign>[•‣◦▪●○–—→])"
    r"|(?P<number>\d{1,3}[.)]))(?=\s|\Z)[ \t]?"
)
_NUMBER_IN: Final = re.compile(r"^([ >]*[-*+] +(?:\[.\] +)?\d{1,3}[.)]) +")
"""A bullet that begins with a number, such as "5. Januar", which Markdown takes for a list in a list."""
_FENCE: Final = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?(```+|~~~+)")
_BULLET: Final = re.compile(r"( *)[-*+](?: |\Z)")
TABLE_RULE: Final = re.compile(r"(?:[ \t]*\|)?[ \t]*:?-+:?[ \t]*\|[-:| \t]*(?:\n|\Z)")
"""The line below the names of a table."""
_FRONT: Final = ("---", "+++")
_FRONT_LINES: Final = 300
_KINDS: Final = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "fence": "code",
    "html_block": "html",
    "hr": "rule",
    "table_open": "table",
    "tr_open": "row",
    "th_open": "cell",
    "td_open": "cell",
}


class Block(Struct, gc=False):
    """One block.

    Attributes:
        kind: "heading", "paragraph", "list", "item", "quote", "code", "html", "rule", "table", "row" or "cell".
        line: Its first line, from 0.
        end: The line after its last one.
        level: Of a heading, 1 to 6.
        text: Of a heading, a paragraph or a cell, in its own lines.
        children: The blocks inside.
    """

    kind: str
    line: int
    end: int
    level: int = 0
    text: str = ""
    children: list["Block"] = []

    def has_list(self) -> bool:
        """Return whether it is a list, or a quotation with one in it."""
        return self.kind == "list" or (self.kind == "quote" and any(one.has_list() for one in self.children))


class MarkdownText(Struct, frozen=True):
    """A Markdown text taken apart.

    Attributes:
        lines: As they are.
        blocks: At its top level.
    """

    lines: list[str]
    blocks: list[Block]


def parse_markdown(text: str) -> MarkdownText:
    """Return the blocks of a text."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 60 ms, paid by files in Markdown alone

    lines = text.split("\n")
    size = _front_size(lines)
    plain = [""] * size + _flush_left(list(_plain_signs(lines[size:])))
    parser = MarkdownIt("commonmark").enable("table").disable(["code", "reference", "inline"])
    return MarkdownText(lines, _tree(parser.parse("\n".join(plain))))


def _front_size(lines: list[str]) -> int:
    """Return how many lines the properties at the top of a note take."""
    mark = lines[0].rstrip() if lines else ""
    if mark not in _FRONT:
        return 0
    ends = (at for at, line in enumerate(lines[1:_FRONT_LINES], 2) if line.rstrip() in (mark, "..."))
    return next(ends, 0)


def front_matter(lines: list[str]) -> dict[str, str]:
    """Return what the properties between --- at the top of a note say, by their names in lower case."""
    pairs = (re.split("[:=]", line, maxsplit=1) for line in lines[: _front_size(lines)])
    return {pair[0].strip().lower(): pair[1].strip().strip("\"'") for pair in pairs if len(pair) > 1}


def _plain_signs(lines: list[str]) -> Iterator[str]:
    """Yield lines with a - where another sign begins a bullet, so that all else stays in its column."""
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if mark is not None and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        yield line if fence else _NUMBER_IN.sub("\\1\u00a0", _SIGNED.sub(_dash, line.expandtabs(4), count=1), count=1)


def _flush_left(lines: list[str]) -> list[str]:
    """Return lines without what indents all bullets between two headings: in Markdown four blanks would be code."""
    found: list[str] = []
    for part in _parts(lines):
        indents = [len(match[1]) for line in part if (match := _BULLET.match(line)) is not None]
        cut = min(indents, default=0)
        found.extend(line[min(cut, len(line) - len(line.lstrip(" "))) :] for line in part)
    return found


def _parts(lines: list[str]) -> Iterator[list[str]]:
    starts = [at for at, line in enumerate(lines) if line.startswith("#")]
    for start, end in pairwise([0, *starts, len(lines)]):
        yield lines[start:end]


def _dash(found: "re.Match[str]") -> str:
    if found["done"] or found["open"] or found["off"]:
        return f"{found[1]}- [{'x' if found['done'] else ' ' if found['open'] else '-'}] "
    wide = len(found["number"] or "-")
    return f"{found[1]}-{' ' * wide}"


def _tree(tokens: "list[Token]") -> list[Block]:
    top: list[Block] = []
    open_ = [Block("text", 0, 0, children=top)]
    for token in tokens:
        if token.type == "inline":
            open_[-1].text = token.content
        elif token.type in _KINDS:
            line, end = token.map or (open_[-1].line, open_[-1].end)
            block = Block(_KINDS[token.type], line, end, int(token.tag[1]) if token.type == "heading_open" else 0)
            block.children = []
            open_[-1].children.append(block)
            if token.nesting > 0:
                open_.append(block)
        elif token.type.endswith("_close") and token.type.replace("_close", "_open") in _KINDS:
            open_.pop()
    return top
