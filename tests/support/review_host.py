"""A journal in which a review has something in each of its parts, and the application opened on it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path

from msgspec import structs
from textual.events import Paste
from textual.pilot import Pilot

from data.files.settings import Settings
from data.model import edits
from data.model.journal import Edit, Journal
from data.model.records import Goal, Review, Step, Win
from data.model.verdict_scale import judgement
from data.review import steps
from data.review.reviews import find_review
from data.storage.store import Store
from tests.support.app_host import settled
from tests.support.page_host import app_on
from tests.support.widget_host import text_of
from tui.app.app import SmallWins
from tui.app.theming import Themed
from tui.pages.page import Page
from tui.pages.review.page import ReviewPage

WEEK = date(2026, 11, 16)
FRIDAY = date(2026, 11, 20)
GOAL = Goal(
    id="00000000-0000-4000-8000-000000000099",
    name="Climate work",
    created_at=datetime(2026, 8, 1, tzinfo=UTC),
    updated_at=datetime(2026, 8, 1, tzinfo=UTC),
)


def at(day: date, hour: int = 9) -> datetime:
    """Return a moment on a day."""
    return datetime.combine(day, time(hour), UTC)


def made(number: int, title: str, day: date, opened_by: Win | None = None, story: str = "") -> Win:
    """Return a win whose id, and so its place among others of its day, is known."""
    win = edits.new_win(title, happened_on=day, now=at(day), opened_by=opened_by.id if opened_by else None, story=story)
    return structs.replace(win, id=f"00000000-0000-4000-8000-{number:012}", goal=GOAL.id)


def the_review(journal: Journal) -> Review:
    """Return the review of the week, which has begun."""
    found = find_review(journal, WEEK)
    assert found is not None
    return found


def judged(win: Win, key: int | None, days_later: int = 0) -> Win:
    """Return a win decided by a key of a review, or moved to real on the board."""
    journal, when = Journal.of(win), at(win.happened_on + timedelta(days=days_later), 12)
    given = judgement(key or 4)
    decide = edits.set_verdict([win.id], given.verdict, when, given.p if key else None)
    return journal.apply(decide(journal)).wins[win.id]


BADGE = judged(made(1, "Certificate with a badge", date(2026, 10, 19)), 2)
LETTER = judged(made(2, "Email to a recruiter", date(2026, 10, 20)), 4)
CALL = judged(made(3, "A call with the recruiter", date(2026, 10, 27), LETTER), None)
COFFEE = judged(
    made(4, "Coffee with a mentor", date(2026, 11, 12), story="She asked what I would do if nobody watched."), 5
)
PANEL = made(5, "Said yes to the panel talk", date(2026, 11, 18), COFFEE)
OFFER = made(6, "Offer: +9 %, same work", date(2026, 11, 19))
STEP = Step(
    id="00000000-0000-4000-8000-000000000077",
    text="If it is Monday at nine, then I write to Ana",
    from_win=COFFEE.id,
    due_week=WEEK,
    created_at=at(date(2026, 11, 13)),
    updated_at=at(date(2026, 11, 13)),
)
JOURNAL = Journal.of(GOAL, BADGE, LETTER, CALL, COFFEE, PANEL, OFFER, STEP)


class Bench(Themed):
    """The review page alone, over a journal in memory: what the page asks for is done at once.

    It costs half of what the whole application does; what is about saving, undo and other pages needs that one.

    Attributes:
        journal: After every edit the page posted.
    """

    CSS_PATH = str(files("tui") / "app" / "smallwins.tcss")
    HORIZONTAL_BREAKPOINTS = SmallWins.HORIZONTAL_BREAKPOINTS

    def __init__(self, journal: Journal, moment: datetime) -> None:
        super().__init__()
        self.journal = journal
        self._moment = moment

    def on_mount(self) -> None:
        """Show the page."""
        page = ReviewPage(name="review")
        page.set_reactive(Page.journal, self.journal)
        page.set_reactive(Page.today, self._moment.date())
        page.set_reactive(Page.settings, Settings())
        self.push_screen(page)

    def now(self) -> datetime:
        """Return the one moment there is."""
        return self._moment

    def on_page_edited(self, message: Page.Edited) -> None:
        """Do what was asked."""
        changes = message.edit(self.journal)
        self.journal = self.journal.apply(changes)
        page = self.screen
        assert isinstance(page, ReviewPage)
        page.set_journal(self.journal, changes)


class Table:
    """The running review page, and what it leaves behind."""

    def __init__(self, app: SmallWins | Bench, pilot: Pilot[None], path: Path) -> None:
        self.app = app
        self.pilot = pilot
        self.path = path
        self.seconds = 0.0

    @property
    def text(self) -> str:
        """What is on the screen."""
        return text_of(self.app)

    @property
    def words(self) -> str:
        """What is on the screen, wherever its lines break."""
        return " ".join(self.text.split())

    async def press(self, *keys: str) -> None:
        """Press keys as one who reads before each, and wait until all is shown."""
        for key in keys:
            self.seconds += 1
            await self.burst(key)

    async def burst(self, *keys: str) -> None:
        """Press keys within one moment, and wait until all is shown."""
        self._hold_time()
        await self.pilot.press(*keys)
        await self.pilot.pause()

    def _hold_time(self) -> None:
        """Let no time pass on the page but what a test gives it."""
        if isinstance(self.app.screen, ReviewPage):
            self.app.screen.gate.timer = lambda: self.seconds

    async def type(self, text: str) -> None:
        """Put a text where the cursor is, as a paste does."""
        self.app.screen.post_message(Paste(text))
        await self.pilot.pause()

    async def click(self, words: str) -> None:
        """Click where these words are, the first from the top."""
        self.seconds += 1
        self._hold_time()
        lines = self.text.splitlines()
        y = next(y for y, line in enumerate(lines) if words in line)
        await self.pilot.click(offset=(lines[y].index(words) + 1, y))
        await self.pilot.pause()

    async def elsewhere(self, *changes: Edit) -> None:
        """Make changes in the file as another program does, and wait until they are shown."""
        store = Store(self.path, lambda: at(FRIDAY, 18))
        for edit in changes:
            store.change("elsewhere", edit)
        store.close()
        async with asyncio.timeout(20):
            while self.app.journal != store.journal:
                await self.pilot.pause(0.02)
        await self.pilot.pause()

    async def stored(self) -> Journal:
        """Return the journal after all edits; of the whole application what its file holds."""
        await self.pilot.pause()
        if isinstance(self.app, Bench):
            return self.app.journal
        await settled(self.app)
        store = Store(self.path, lambda: at(FRIDAY))
        store.close()
        return store.journal

    async def stored_win(self, win: Win) -> Win:
        """Return a win after all edits."""
        return (await self.stored()).wins[win.id]


@asynccontextmanager
async def table(
    journal: Journal = JOURNAL, *, size: tuple[int, int] = (80, 24), day: date = FRIDAY
) -> AsyncIterator[Table]:
    """Open the review page alone on a journal."""
    app = Bench(journal, at(day, 17))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Table(app, pilot, Path())


@asynccontextmanager
async def whole_table(
    folder: Path, journal: Journal = JOURNAL, *, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Table]:
    """Open the review page of the whole application, on a journal in a file."""
    app = app_on("board", journal, folder, at(FRIDAY, 17))
    async with app.run_test(size=size) as pilot:
        await pilot.press("2")
        await pilot.pause()
        yield Table(app, pilot, folder / "wins.json")


def answered_steps() -> Step:
    """Return a step of the coming week, which is not asked about."""
    return steps.new_step("If it rains, then I read", due_week=WEEK + timedelta(weeks=1), now=at(FRIDAY))
