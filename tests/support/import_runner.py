"""Importing in tests: a text in, a plan out, with nothing of the machine's zone in it."""

from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import strategies as st

from data.base.text import accept_story, accept_tags, clean_line
from data.exchange.importer import ImportFile, read_files
from data.exchange.importing.entry import ReadOptions
from data.exchange.importing.normalize import ImportContents
from data.exchange.importing.plan import ImportPlan, add_new, plan_import
from data.exchange.importing.source import source_of
from data.model.edits import new_goal
from data.model.journal import Journal
from data.model.records import Decision, Verdict, Win

TODAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def utc_day(moment: datetime) -> date:
    """Return the date of a moment in UTC."""
    return moment.astimezone(UTC).date() if moment.tzinfo is not None else moment.date()


def gathered(data: str | bytes, name: str = "", **said: object) -> ImportContents:
    """Read a file whose format is detected, unless it is named."""
    source = source_of(data.encode() if isinstance(data, str) else data, name)
    options = ReadOptions(local=utc_day, **said)  # type: ignore[arg-type]
    return read_files([ImportFile(Path(name), source=source)], options, TODAY, NOW)


def planned(data: str | bytes, name: str = "", journal: Journal | None = None, **said: object) -> ImportPlan:
    """Return what importing a file would do."""
    return plan_import(gathered(data, name, **said), journal or Journal())


def imported(data: str | bytes, name: str = "", journal: Journal | None = None, **said: object) -> Journal:
    """Return a journal after the import of a file."""
    before = journal or Journal()
    return before.apply(add_new(gathered(data, name, **said))(before))


def reasons(plan: ImportPlan) -> list[tuple[int, str]]:
    """Return what is refused or skipped, with its line."""
    found = [(one.line, f"refused: {one.reason}") for one in plan.refused]
    return sorted([*found, *((one.line, f"skipped: {one.reason}") for one in plan.skipped)])


def wins_of(plan: ImportPlan) -> list[tuple[str, str]]:
    """Return date and title of what is new."""
    return [(win.happened_on.isoformat(), win.title) for _, win in plan.new_wins]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
"""Any text that a file can hold, hostile characters too."""
titles = texts.map(lambda text: clean_line(text)[:200].strip()).filter(bool)
stories = st.lists(texts, max_size=3).map(lambda lines: accept_story("\n".join(lines)))
tags = st.lists(texts.map(lambda text: clean_line(text)[:20]), max_size=3).map(accept_tags)
days = st.dates(date(1990, 1, 1), TODAY)


@st.composite
def journals(draw: st.DrawFn) -> Journal:
    """Return journals of some wins, linked and toward goals, as the app would make them."""
    names = draw(st.lists(titles, max_size=3, unique_by=str.casefold))
    goals = [new_goal(name, NOW) for name in names]
    wins: list[Win] = []
    for _ in range(draw(st.integers(0, 6))):
        verdict = draw(st.sampled_from([None, Verdict.REAL, Verdict.CANDY]))
        wins.append(
            Win(
                id=str(draw(st.uuids(version=4))),
                title=draw(titles),
                story=draw(stories),
                happened_on=draw(days),
                goal=draw(st.sampled_from([None, *(goal.id for goal in goals)])),
                tags=draw(tags),
                opened_by=draw(st.sampled_from([None, *(win.id for win in wins)])),
                verdict=verdict,
                decided=(Decision(when=NOW, verdict=verdict),) if verdict is not None else (),
                created_at=draw(st.datetimes(datetime(2000, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))),  # noqa: DTZ001 - hypothesis adds the zone
                updated_at=NOW,
            )
        )
    return Journal.of(*goals, *wins)
