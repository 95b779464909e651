"""Rows under named columns, whatever wrote them: which column is which field, and what each row is."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from data.base.formatting import plural
from data.base.text import clean_line, fold
from data.exchange.importing.column_names import FIELDS, KNOWN_NAMES, is_done
from data.exchange.importing.entry import ColumnsError, ImportEntry, ImportItem, ReadOptions, Refused, Skipped
from data.exchange.importing.foreign_dates import DayReader, UnclearDateError
from data.model.records import Verdict

_VERDICTS: Final = {"real": Verdict.REAL, "candy": Verdict.CANDY, "unsorted": None, "": None}
_PARTS: Final = re.compile(r"[\s_\-–:.?!()*]+")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEVERAL: Final = ("date", "done_on", "title", "goal", "status", "tags", "story")
"""Fields that several columns can be: the first filled one counts, of tags and stories all do."""
_ORDER: Final = ("opened_by", "id", "verdict", "status", "done_on", "date", "title", "goal", "tags", "story")
"""The fields in the order in which they choose among columns of a name that several could be."""
_MAX_LISTED: Final = 12
_WORK: Final = frozenset(("position", "role", "job title", "company", "company name"))
"""What is known of a person beside the name."""


class Row(Struct, frozen=True, gc=False):
    """One row of a table: the line or number where it begins, and its cells."""

    line: int
    cells: Sequence[str]


class TableColumns(Struct, frozen=True):
    """Which columns are which field.

    Attributes:
        names: All columns, as the file names them.
        places: Places of columns by field, likeliest first.
        said: The fields whose column the person named.
    """

    names: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]
    said: frozenset[str] = frozenset()

    def describe(self) -> Iterator[str]:
        """Yield sentences on which column is read as what, and which are not read."""
        used = {place for places in self.places.values() for place in places}
        stories = self.places.get("story", ())
        known = [
            f"{_LABELS.get(field, field)} from {', '.join(map(self._name, shown))}"
            for field, places in sorted(self.places.items(), key=lambda one: one[1])
            if (shown := [at for at in places if field != "title" or at == places[0] or at not in stories])
        ]
        if known:
            yield f"Columns: {'; '.join(known)}."
        rest = [self._name(place) for place, name in enumerate(self.names) if place not in used and name.strip()]
        if rest:
            more = f" and {len(rest) - _MAX_LISTED:,} more" if len(rest) > _MAX_LISTED else ""
            yield f"Not read: {plural(len(rest), 'column')} ({', '.join(rest[:_MAX_LISTED])}{more})."

    def _name(self, place: int) -> str:
        return f"“{clean_line(self.names[place])[:40]}”"


_LABELS: Final = {"done_on": "date", "opened_by": "opened by", "person": "title"}


def column_key(name: str) -> str:
    """Return the name of a column as `KNOWN_NAMES` has it: folded, words parted by blanks."""
    return " ".join(_PARTS.sub(" ", fold(_CAMEL.sub(" ", clean_line(name[:200])))).split())


def count_known(names: Iterable[str]) -> int:
    """Return how many different names are those of fields."""
    return len({key for key in map(column_key, names) if key in _ALL_NAMES or key in FIELDS})


_ALL_NAMES: Final = frozenset(name for names in KNOWN_NAMES.values() for name in names)


def find_columns(names: Sequence[str], rows: Sequence[Row], said: Mapping[str, str]) -> TableColumns:
    """Return where each field is: where the person said, else by names that are usual.

    Args:
        names: The names of all columns.
        rows: Some rows, to tell a column of dates from one of ticks where the name leaves it open.
        said: Names of columns by field.

    Raises:
        ColumnsError: There is no column of a name that was said, or none that can be the title.
    """
    keys = [column_key(name) for name in names]
    finder = _Finder(keys, [row.cells for row in rows])
    for field, name in said.items():
        wanted = fold(clean_line(name))
        place = next((at for at, own in enumerate(names) if fold(clean_line(own)) == wanted), None)
        if place is None:
            raise ColumnsError(f"There is no column {name!r}.", f"There are: {', '.join(names)}.", names)
        finder.take(field, [place])
    finder.find_all(frozenset(said))
    if "title" not in finder.places:
        hint = f"Name it: --map title=What. There are: {', '.join(names)}."
        raise ColumnsError("No column of it is known to be the title.", hint, names)
    return TableColumns(tuple(names), finder.places, frozenset(said))


class _Finder:
    """Gives columns to fields."""

    def __init__(self, keys: Sequence[str], samples: Sequence[Sequence[str]]) -> None:
        self._keys = keys
        self._samples = samples
        self._used: set[int] = set()
        self.places: dict[str, tuple[int, ...]] = {}

    def take(self, field: str, places: Sequence[int]) -> None:
        """Give columns to a field."""
        free = [place for place in places if place not in self._used]
        if free:
            self.places[field] = tuple(free)
            self._used.update(free[:1] if field == "title" else free)

    def find_all(self, said: frozenset[str]) -> None:
        """Find the columns of the fields that the person did not name."""
        self._take_our_names(said)
        self._take_usual_names(said)
        self._take_people()
        if "title" not in self.places:
            self._guess_title()

    def _take_our_names(self, said: frozenset[str]) -> None:
        for field in FIELDS:
            if field not in said and field not in _SEVERAL:
                self.take(field, [at for at, key in enumerate(self._keys) if key == field][:1])

    def _take_usual_names(self, said: frozenset[str]) -> None:
        for field in _ORDER:
            if field in said or field in self.places or (field == "done_on" and "date" in said):
                continue
            found = self._named(field)
            self.take(field, found if field in _SEVERAL else found[:1])

    def _take_people(self) -> None:
        """Make the title of first and last name, as an export of contacts has them, unless a better one is there."""
        people = [at for name in ("first name", "last name") for at, key in enumerate(self._keys) if key == name]
        if len(people) == 2 and self._is_weak(self.places.get("title", ())):  # noqa: PLR2004 - both
            self.take("person", people)
            self.places["story"] = (*self.places.pop("title", ()), *self.places.get("story", ()))
            self.places["title"] = ()

    def _is_weak(self, titles: Sequence[int]) -> bool:
        return all(self._keys[at] in _WORK for at in titles)

    def _named(self, field: str) -> list[int]:
        names = dict.fromkeys((*KNOWN_NAMES[field], field.replace("_", " ")))
        places: dict[str, list[int]] = {}
        for at, key in enumerate(self._keys):
            places.setdefault(key, []).append(at)
        found = [at for name in names for at in places.get(name, ()) if at not in self._used]
        if field == "verdict":
            return [at for at in found if {fold(cell) for cell in self._sampled(at)} <= _VERDICTS.keys()]
        if field == "status":
            return [at for at in found if self._ticks(at)]
        return [at for at in found if not self._ticks(at)] if field == "done_on" else found

    def _ticks(self, place: int) -> bool:
        """Return whether a column says of some rows that they are done, or not, rather than when."""
        return any(is_done(fold(cell)) is not None for cell in self._sampled(place))

    def _sampled(self, place: int) -> set[str]:
        """Return what some rows have in a column."""
        return {cells[place].strip() for cells in self._samples if place < len(cells)}

    def _guess_title(self) -> None:
        rest = [at for at, key in enumerate(self._keys) if key and at not in self._used]
        if len(rest) == 1 and ("date" in self.places or "done_on" in self.places):
            self.take("title", rest)
        elif "story" in self.places:
            self.places["title"] = self.places["story"][:1]


class RowReader:
    """Makes items of rows."""

    def __init__(
        self, columns: TableColumns, rows: Sequence[Row], options: ReadOptions, *, merged_cells: bool = True
    ) -> None:
        """Learn how the rows write their dates.

        Args:
            columns: Which column is which field.
            rows: All rows.
            options: What the person said.
            merged_cells: Whether a row without a date may have that of the row above.

        Raises:
            NotAllowedError: What was said of dates can't be understood.
        """
        self._columns = columns
        self._fill_down = merged_cells and options.undated is None
        self._date_places = (*columns.places.get("done_on", ()), *columns.places.get("date", ()))
        self._days = DayReader(options, (text for row in rows for text in self._filled(row, self._date_places)))
        keys = [column_key(name) for name in columns.names]
        self._kind = keys.index("type") if "type" in keys and "content" in keys else None
        self._above = ""

    def describe(self, rows: Sequence[Row]) -> Iterator[str]:
        """Yield sentences on how the rows are read."""
        yield from self._columns.describe()
        wins = [row for row in rows if self._not_a_win(row) is None]
        dated = [bool(next(self._filled(row, self._date_places), "")) for row in wins]
        missing = sum(not one for one in dated[dated.index(True) :]) if True in dated and self._fill_down else 0
        if missing:
            yield f"{plural(missing, 'row')} without a date {'has' if missing == 1 else 'have'} that of the row above."

    def item(self, row: Row) -> ImportItem:
        """Return what a row is."""
        if (why := self._not_a_win(row)) is not None:
            return Skipped(row.line, why)
        verdict = fold(self._first(row, "verdict"))
        if verdict not in _VERDICTS:
            return Refused(row.line, "Its verdict is not real, candy, unsorted or nothing.")
        said = next(self._filled(row, self._date_places), "") or (self._above if self._fill_down else "")
        self._above = said
        try:
            day = self._days.read(said)
        except UnclearDateError as error:
            return Refused(row.line, error.message)
        title, story = self._words(row)
        return ImportEntry(
            line=row.line,
            title=title,
            day=day,
            moment=said,
            story=story,
            goal=self._first(row, "goal"),
            tags=tuple(tag for cell in self._cells(row, "tags") for tag in split_tags(cell)),
            verdict=_VERDICTS[verdict],
            source=self._first(row, "id"),
            opened_by=self._first(row, "opened_by"),
        )

    def _not_a_win(self, row: Row) -> str | None:
        if self._kind is not None and fold(self._at(row, self._kind)) not in ("task", ""):
            return "not a task"
        status = next((said for cell in self._cells(row, "status") if (said := is_done(fold(cell))) is not None), None)
        done_on = self._columns.places.get("done_on")
        if status is False or (done_on and status is None and not any(self._filled(row, done_on))):
            return "not done"
        return None if any(self._words(row)) else "no title"

    def _words(self, row: Row) -> tuple[str, str]:
        """Return title and story: the first filled column is the title, what else there are words of is the story."""
        titles = self._columns.places["title"]
        chosen = next((at for at in titles if self._at(row, at)), None)
        rest = dict.fromkeys(
            self._at(row, at) for at in (*titles, *self._columns.places.get("story", ())) if at != chosen
        )
        people = " ".join(self._cells(row, "person"))
        return self._at(row, chosen) if chosen is not None else people, "\n\n".join(filter(None, rest))

    def _first(self, row: Row, field: str) -> str:
        return next(self._cells(row, field), "")

    def _cells(self, row: Row, field: str) -> Iterator[str]:
        return self._filled(row, self._columns.places.get(field, ()))

    def _filled(self, row: Row, places: Sequence[int]) -> Iterator[str]:
        return (text for at in places if (text := self._at(row, at)))

    @staticmethod
    def _at(row: Row, place: int) -> str:
        return row.cells[place].strip() if place < len(row.cells) else ""


_TAG: Final = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,;|\n]*))[^,;|\n]*(?:[,;|\n]|\Z)')


def split_tags(cell: str) -> list[str]:
    """Return the tags of a cell: between commas, semicolons, bars or line breaks, or each behind a #; else one."""
    cell = cell.strip()
    if cell.startswith("#") and not set(cell) & set(',;|\n"'):
        return cell.split()
    found = (match[1].replace('""', '"') if match[1] is not None else match[2] for match in _TAG.finditer(cell))
    return [tag for each in found if (tag := each.strip())]
