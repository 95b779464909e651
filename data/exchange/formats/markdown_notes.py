"""Notes in Markdown or plain text: bullets, dated headings, dated lines and paragraphs below a date.

A bullet is a win; its date is its own, that of the heading above, or that of the file (its name or its properties). A
heading with a date and a title is a win with all below it, if no bullets are. Paragraphs below a date are wins where
no bullets are. Everything else is passed over, and counted.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile
from pathlib import Path
from textwrap import dedent
from typing import Final

from data.base.errors import NotAllowedError
from data.base.written_dates.in_text import DatedText
from data.base.written_dates.parts import AmbiguousDate, HeadingPeriod
from data.exchange.formats.markdown_blocks import TABLE_RULE, Block, MarkdownText, front_matter, parse_markdown
from data.exchange.formats.markdown_bullets import BulletText, is_property, plain_line, plain_story, read_bullet
from data.exchange.formats.note_section import BOLD_LEVEL, PLAIN_LEVEL, NoteSection
from data.exchange.formats.plan_headings import announces_plans
from data.exchange.importing.entry import (
    ColumnsError,
    ImportEntry,
    ImportItem,
    ReadFormat,
    Reading,
    ReadOptions,
    Refused,
    Skipped,
)  # fmt: skip
from data.exchange.importing.foreign_dates import UNCLEAR, DayReader, describe_unclear
from data.exchange.importing.source import Source
from data.exchange.importing.table import Row, RowReader, find_columns

_ANY_BULLET: Final = re.compile(r"[ \t>]*(?:[-*+•‣◦▪●○–—→✅☑☐✓✔X]|\d{1,3}[.)])\ufe0f?[ \t]+\S")
_TIME: Final = re.compile(r"\d:\d\d")
_HEADING_IN_ITEM: Final = re.compile(r"#{1,6}\s+")
_CALLOUT: Final = re.compile(r"\[![\w-]+\][+-]?\s*")
_PLANNED: Final = "in a section of plans"
_FRONT_DATES: Final = ("date", "day", "created", "created_at", "datum")
_YEAR: Final = re.compile(r"(?<![\d+-])(?:19|20)\d\d(?!\d)")
_MAX_SPAN: Final = 60
_WRAPPED: Final = 55
"""Characters from which on a line may go on in the next one."""
_SIGNS: Final = "*_:# "

_LIKE_HEADING: Final = re.compile(r"(?:\*\*|__)([^*_\n]{1,80})(?:\*\*|__):?|([^\n]{1,80}):")
_Day = date | AmbiguousDate | None


def _detects(source: Source, found: object) -> bool:
    if found is not None:
        return False
    if any(_ANY_BULLET.match(line) or TABLE_RULE.match(line) for line in source.text.split("\n")):
        return True
    days = DayReader.silent(source.text)
    if days.find(Path(source.name).stem) is not None or _front_day(source.text, days) is not None:
        return True
    found = (days.split(line.lstrip("#> ")) for line in source.text.split("\n"))
    return any(one is not None and isinstance(one.day, date) for one in found)


def _read(source: Source, options: ReadOptions) -> Reading:
    text = parse_markdown(source.text)
    days = DayReader(options, text.lines)
    day = _front_day(source.text, days) or days.find(Path(source.name).stem)
    items = list(_Notes(text, days, day, options).items())
    if not items:
        raise NotAllowedError("There are no wins in it.", "Begin each win with a - and a space.")
    return Reading(sorted(items, key=lambda item: item.line), len(text.lines))


def _front_day(text: str, days: DayReader) -> _Day:
    """Return the date that the properties at the top of a note say."""
    front = front_matter(text.split("\n"))
    said = next((front[name] for name in _FRONT_DATES if front.get(name)), "")
    return (days.whole(said) or AmbiguousDate(())) if said else None


class _Notes:
    """Goes through the blocks of a text."""

    def __init__(self, text: MarkdownText, days: DayReader, day: _Day, options: ReadOptions) -> None:
        self._lines = text.lines
        self._blocks = text.blocks
        self._days = days
        self._options = options
        self._section = NoteSection(day)
        self._is_headed = False
        self._has_bullets = any(block.has_list() for block in text.blocks)

    def items(self) -> Iterator[ImportItem]:
        """Yield what the text holds."""
        yield from self._walk(self._blocks)

    def _walk(self, blocks: Sequence[Block]) -> Iterator[ImportItem]:
        at = 0
        bullets = any(one.has_list() for one in _until_heading(blocks, 0))
        while at < len(blocks):
            block = blocks[at]
            if block.kind == "heading":
                end = _end_of_section(blocks, at)
                entry = self._heading_entry(block, blocks[at + 1 : end])
                if entry is not None:
                    yield entry
                    at = end
                    continue
                if self._dated_title(plain_line(block.text)) is not None:
                    yield Skipped(block.line + 1, "the title above bullets")
                self._enter(block.text, block.level)
                self._is_headed = True
                bullets = any(one.has_list() for one in _until_heading(blocks, at + 1))
            else:
                yield from self._block(block, bullets=bullets)
            at += 1

    def _block(self, block: Block, *, bullets: bool) -> Iterator[ImportItem]:
        line = block.line + 1
        if block.kind == "list":
            for item in block.children:
                yield from self._item(item)
        elif block.kind == "paragraph":
            yield from self._paragraph(block, bullets=bullets)
        elif block.kind == "quote":
            yield from self._quote(block)
        elif block.kind == "table":
            yield from self._table(block)
        elif block.kind == "code" or (block.kind == "html" and not _is_comment(self._lines[block.line])):
            yield Skipped(line, "code" if block.kind == "code" else "HTML")

    def _enter(self, heading: str, level: int) -> None:
        text = plain_line(heading).strip(_SIGNS)
        above = self._section.period_above(level)
        period = self._days.period(text, above)
        day = self._days.find(text, above) if period is None else period.day
        self._section.enter(
            level,
            day,
            period or (HeadingPeriod(day.year) if isinstance(day, date) else None),
            plans=announces_plans(text),
        )

    def _heading_entry(self, heading: Block, below: Sequence[Block]) -> ImportItem | None:
        """Return a heading with a date and a title as a win with all that is below it, unless bullets are."""
        text = plain_line(heading.text)
        found = self._dated_title(text)
        if found is None:
            return None
        timed = _TIME.search(text[: len(text) - len(found.rest)]) is not None
        if not timed and any(one.has_list() or (one.kind == "heading" and self._has_date(one)) for one in below):
            return None
        end = below[-1].end if below else heading.end
        story = plain_story(self._lines[heading.end : end])
        return self._entry(heading.line + 1, read_bullet(text), "\n".join(story).strip("\n"))

    def _dated_title(self, text: str) -> DatedText | None:
        """Return a heading that begins with a date and has a title behind it, outside of plans."""
        found = self._days.split(text, self._section.period)
        is_one = found is not None and found.day is not None and found.rest.strip(_SIGNS)
        return found if is_one and not self._section.holds_plans else None

    def _has_date(self, heading: Block) -> bool:
        found = self._days.split(plain_line(heading.text), self._section.period)
        return found is not None and found.day is not None

    def _quote(self, block: Block) -> Iterator[ImportItem]:
        """Yield the bullets of a quotation or a callout; its title may be a date."""
        for one in block.children:
            if one.kind == "paragraph":
                title = _CALLOUT.match(one.text)
                said = one.text[title.end() :].partition("\n")[0].strip() if title is not None else ""
                day = self._days.whole(said) if said else None
                if day is not None:
                    self._section.enter(PLAIN_LEVEL, day, None)
                elif title is None or "\n" in one.text:
                    yield Skipped(one.line + 1, "a quotation")
            else:
                yield from self._block(one, bullets=True)

    def _item(self, item: Block) -> Iterator[ImportItem]:
        first = item.children[0] if item.children and item.children[0].kind == "paragraph" else None
        indent = PLAIN_LEVEL + _indent(self._lines[item.line])
        if first is None:
            yield from self._container(item.children, indent)
            return
        lines = first.text.split("\n")
        start = next((at for at, line in enumerate(lines) if not is_property(line)), 0)
        said = read_bullet(lines[start])
        if (day := self._date_alone(item, said, lines[start + 1 :])) is not None:
            yield from self._dated(item.children[1:], indent, day)
        elif said.open_ or (self._section.holds_plans and not said.ticked):
            yield Skipped(item.line + 1, said.open_ or _PLANNED)
            yield from self._nested(item)
        elif said.words.startswith("{{") and said.words.endswith("}}"):
            yield Skipped(item.line + 1, "a query")
        elif plain_line(said.words):
            yield self._bullet(item, first, said, start)
        else:
            yield from self._container(item.children[1:], indent)

    def _dated(self, below: Sequence[Block], indent: int, day: date | AmbiguousDate) -> Iterator[ImportItem]:
        """Yield what is below a bullet that is a date: it dates that, and not what comes after."""
        self._section.enter(indent, day, None)
        yield from self._walk(below)
        if below:
            self._section.enter(indent, None, None)

    def _container(self, children: Sequence[Block], indent: int) -> Iterator[ImportItem]:
        """Yield what is below a bullet that is a heading, or holds no words."""
        for at, one in enumerate(children):
            if one.kind == "heading" and at == 0:
                self._enter(one.text, indent)
            else:
                yield from self._block(one, bullets=True)

    def _nested(self, item: Block) -> Iterator[ImportItem]:
        """Yield what is below a bullet that is not a win: some of it may be done."""
        for one in item.children[1:]:
            if one.kind == "list":
                for inner in one.children:
                    yield from self._item(inner)

    def _date_alone(self, item: Block, said: BulletText, more: Sequence[str]) -> _Day:
        """Return the date that a bullet, or a line that Markdown takes for one, is all by itself."""
        if said.open_ or said.ticked or said.verdict is not None:
            return None
        raw = self._lines[item.line].strip(" \t>")
        words = _as_typed(said.words).strip(_SIGNS)
        under = self._section.period
        day = self._days.whole(raw.strip(_SIGNS), under) or self._days.whole(words, under)
        return day if not any(line.strip() for line in more) else None

    def _bullet(self, item: Block, first: Block, said: BulletText, start: int) -> ImportItem:
        """Return a bullet as a win: its words, and below them its story.

        Args:
            item: The bullet.
            first: Its first paragraph.
            said: What the line of its words says.
            start: Which line of the paragraph that is.
        """
        title: list[str] = []
        story: list[str] = []
        indent = _indent(self._lines[item.line])
        after = item.line + start + 1
        quoted = self._lines[item.line].lstrip().startswith(">")
        for at, raw in enumerate(self._lines[after : item.end], after):
            line = _without_quote(raw) if quoted else raw
            lazy = at < first.end and _indent(line) <= indent and not any(map(str.strip, story))
            (title if lazy else story).append(line)
        if title:  # the paragraph goes on where it is not indented, and its tags stand at its end
            said = read_bullet(" ".join(part.strip() for part in (first.text.split("\n")[start], *title)))
        words = dedent("\n".join(line.expandtabs(4) for line in plain_story(story)))
        return self._entry(item.line + 1, said, words.strip("\n"))

    def _entry(self, line: int, said: BulletText, story: str, found: DatedText | None = None) -> ImportItem:
        """Return a win; its date is `found`, its own, or that of where it is."""
        words = _as_typed(said.words)
        found = found or self._days.split(words, self._section.period)
        done_on = self._days.whole(said.done_on) if said.done_on else None
        day = done_on or (found.day if found is not None else self._section.day)
        if isinstance(day, AmbiguousDate) or (day is None and found is not None):
            return Refused(line, UNCLEAR if day is None else describe_unclear(day))
        rest = found.rest if found is not None and found.day is not None else words
        time = _TIME.search(words[: len(words) - len(rest)])
        return ImportEntry(
            line=line,
            title=plain_line(rest if rest != words else said.words),
            day=day,
            moment=time[0] if time is not None else "",
            story=story,
            tags=said.tags,
            verdict=said.verdict,
        )

    def _paragraph(self, block: Block, *, bullets: bool) -> Iterator[ImportItem]:
        """Yield the dated lines of a paragraph, else the whole of it where it is below a date and no bullets are."""
        rest: list[tuple[int, str]] = []
        dated: list[tuple[int, str]] = []
        for number, line in enumerate(self._lines[block.line : block.end], block.line + 1):
            text = line.strip(" \t>")
            day, found = self._date_of_line(text)
            if bullets and self._is_headed:  # there a sentence that begins with a date speaks of the bullets
                found = None
            if day is None and found is None:
                (dated or rest).append((number, text))
                continue
            yield from self._dated_line(dated)
            yield from self._prose(rest, bullets=bullets)
            rest, dated = [], [(number, text)] if found is not None else []
            if day is not None:
                self._section.enter(PLAIN_LEVEL, day, None)
        yield from self._dated_line(dated)
        self._enter_bold(rest)
        yield from self._prose(rest, bullets=bullets)

    def _enter_bold(self, lines: Sequence[tuple[int, str]]) -> None:
        """Go below a line that is a heading by its looks: bold, or with a colon behind it."""
        if len(lines) == 1 and (said := _LIKE_HEADING.fullmatch(lines[0][1])) is not None:
            plans = announces_plans((said[1] or said[2]).strip(": "))
            if plans or self._section.holds_plans:
                self._section.enter(BOLD_LEVEL, None, None, plans=plans)

    def _date_of_line(self, text: str) -> tuple[_Day, DatedText | None]:
        """Return the date that a line is, or the one that it begins with; a span of time dates nothing below it."""
        if len(_YEAR.findall(text[:_MAX_SPAN])) > 1:
            return None, None
        day = self._days.whole(text.strip(_SIGNS), self._section.period)
        return day, self._days.split(text, self._section.period) if day is None else None

    def _dated_line(self, lines: Sequence[tuple[int, str]]) -> Iterator[ImportItem]:
        """Yield a line that begins with a date as a win; the lines after it are its story."""
        if not lines:
            return
        (number, words), *story = lines
        said = read_bullet(words)
        if said.open_:
            yield Skipped(number, said.open_)
        else:
            yield self._entry(number, said, "\n".join(plain_story([line for _, line in story])))

    def _prose(self, lines: Sequence[tuple[int, str]], *, bullets: bool) -> Iterator[ImportItem]:
        """Yield a paragraph below a date as a win, its lines as one each where none is long enough to go on."""
        kept = [(number, line) for number, line in lines if plain_line(line)]
        if not kept:
            return
        bullets = bullets or (self._has_bullets and not self._section.is_below_heading)
        if self._section.day is None or bullets or self._section.holds_plans:
            yield Skipped(kept[0][0], _PLANNED if self._section.holds_plans else "text outside of bullets")
        elif all(len(line) < _WRAPPED for _, line in kept[:-1]):
            yield from (self._entry(number, read_bullet(line), "") for number, line in kept)
        else:
            yield self._entry(kept[0][0], read_bullet(" ".join(line for _, line in kept)), "")

    def _table(self, block: Block) -> Iterator[ImportItem]:
        """Yield the rows of a table with columns of known names; of any other they are passed over."""
        head, *below = block.children
        names = [plain_line(cell.text) for cell in head.children]
        rows = [Row(row.line + 1, [plain_line(cell.text) for cell in row.children]) for row in below]
        try:
            reader = RowReader(find_columns(names, rows, {}), rows, self._options)
        except ColumnsError:
            yield from (Skipped(row.line, "in a table") for row in rows)
        else:
            yield from map(reader.item, rows)


def _end_of_section(blocks: Sequence[Block], at: int) -> int:
    """Return where what is below a heading ends: at the next one of its level or above it."""
    level = blocks[at].level
    ends = (end for end in range(at + 1, len(blocks)) if blocks[end].kind == "heading" and blocks[end].level <= level)
    return next(ends, len(blocks))


def _until_heading(blocks: Sequence[Block], start: int) -> Iterator[Block]:
    rest = (blocks[at] for at in range(start, len(blocks)))
    return takewhile(lambda block: block.kind != "heading", rest)


def _as_typed(words: str) -> str:
    """Return the words of a bullet as they read, unless an escape in them keeps a sign from being part of a date."""
    return words if "\\" in words else plain_line(words)


def _without_quote(line: str) -> str:
    return re.sub(r"^[ \t]*(?:> ?)+", "", line)


def _indent(line: str) -> int:
    plain = _without_quote(line).expandtabs(4)
    return len(plain) - len(plain.lstrip(" "))


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("<!--")


MARKDOWN: Final = ReadFormat("markdown", "Markdown or plain text", _detects, _read)
