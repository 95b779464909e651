"""A card opened: the whole win, and the doors before and after it, to walk along."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import ClassVar, Final, Literal

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from data.base.formatting import percent, weekday_date
from data.base.text import clean_line, clean_text, fixed_width
from data.history.history import Revision
from data.history.revisions import describe_revisions
from data.model import assessment
from data.model import verdict_scale as judgement
from data.model.journal import Journal
from data.model.proof import PROOF_PARTS
from data.model.records import NO_ANSWERS, VERDICT_MARKS, Verdict, Win, proof_of
from tui.dialogs.dialog import ChoiceList, Dialog, DialogButtons
from tui.system.clock import local_day
from widgets.bars.hints import Hints
from widgets.base.cells import truncate, wrap
from widgets.base.inks import MUTED

_BAR_CELLS: Final = 20
"""Cells of a full bar."""
_MAX_LINK_CELLS: Final = 26
"""Most cells of a door's title."""
_FRAME_LINES: Final = 7
"""Lines of the frame, the keys and the buttons."""
_MAX_DOOR_LINES: Final = 8
_TEXT_SHARE: Final = 0.6
"""How much of the screen the text takes at most."""
_PROOF_INDENT: Final = 11
_PROOF_CELLS: Final = 42
"""Most cells of a line of proof, beside what it is called."""
_VERDICT_NAMES: Final = {Verdict.REAL: "real win", Verdict.CANDY: "cotton candy", None: "unsorted"}
_VERDICT_COLOURS: Final = {Verdict.REAL: "$real", Verdict.CANDY: "$candy", None: MUTED}


WinAction = Literal["show", "edit", "proof", "trash", "real", "candy", "unsorted", "opener", "opened"]


class WinViewResult(Struct, frozen=True):
    """What to do after looking.

    Attributes:
        what: Show it on the board, edit it or its proof, trash it, sort it, or link it to what opened it or it opened.
        win: The id of the win that was looked at last.
    """

    what: WinAction
    win: str


_KEYS: Final = (
    ("e", "e edit"),
    ("r", "r real"),
    ("c", "c candy"),
    ("n", "n unsorted"),
    ("d", "d trash"),
    ("y", "y copy"),
)
"""The keys below it, and what each does."""
_MORE_KEYS: Final = (
    ("o", "o opened by"),
    ("O", "O opened"),
    ("p", "p proof"),
    ("pageup", "pgup up"),
    ("pagedown", "pgdn on"),
)


class WinView(Dialog[WinViewResult]):
    """Shows one win, and walks to those that opened it or that it opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "choose('show')", "close", id="win.close", tooltip="Back to the board, on this win"),
        Binding("e", "choose('edit')", "edit", id="win.edit", tooltip="Edit its words, date, goal or tags"),
        Binding("r", "choose('real')", "real", id="win.real", tooltip="It is a real win"),
        Binding("c", "choose('candy')", "candy", id="win.candy", tooltip="It is cotton candy"),
        Binding("n", "choose('unsorted')", "not yet", id="win.unsorted", tooltip="Not sorted yet"),
        Binding("d", "choose('trash')", "trash", id="win.trash", tooltip="Move to trash; u undoes"),
        Binding("o", "choose('opener')", "opened by", id="win.opener", tooltip="Say which win opened this one"),
        Binding("O", "choose('opened')", "opened", id="win.opened", tooltip="Say which win this one opened"),
        Binding("p", "proof", "proof", id="win.proof", tooltip="Tell what makes it a story for an interview"),
        Binding("y", "copy", "copy", id="win.copy", tooltip="Copy it as text"),
        Binding("backspace", "back", "back", id="win.back", tooltip="The win you came from"),
        # Before those of the list of doors, which is never longer than what is seen of it.
        Binding("pageup", "page(-1)", show=False, priority=True, id="win.page-up", tooltip="Read further up"),
        Binding("pagedown", "page(1)", show=False, priority=True, id="win.page-down", tooltip="Read on"),
        Binding("space", "page(1)", show=False, id="win.page-down", tooltip="Read on"),
    ]
    DEFAULT_CSS = """
    WinView {
        & VerticalScroll { height: auto; scrollbar-size-vertical: 1; }
        & OptionList { margin-top: 1; }
        & .win--keys { margin-top: 1; }
    }
    """

    def __init__(self, journal: Journal, win: str, today: date, past: Callable[[str], list[Revision]]) -> None:
        """Open a win.

        Args:
            journal: Where it and its doors are.
            win: Its id.
            today: Decides which dates need their year.
            past: Returns what happened to a win, by its id.
        """
        super().__init__()
        self._past = past
        self._journal = journal
        self._today = today
        self._walked = [win]
        self._text = Static()
        self._links = ChoiceList()
        self._buttons = DialogButtons(
            ("Follow (enter)", "follow"), ("Back (⌫)", "back"), ("Close (esc)", "choose('show')")
        )

    @property
    def win(self) -> Win:
        """The win that is shown."""
        return self._journal.wins[self._walked[-1]]

    def compose(self) -> ComposeResult:
        """Yield the text, the doors, and the keys."""
        with Vertical(classes="dialog"):
            with VerticalScroll(can_focus=True):
                yield self._text
            yield self._links
            yield Hints(*_KEYS, gap="  ", classes="win--keys")
            yield Hints(*_MORE_KEYS, gap="  ")
            yield self._buttons

    def on_mount(self) -> None:
        """Show the win."""
        self._show()

    def on_resize(self) -> None:
        """Share the room out again."""
        self._fit()

    def _fit(self) -> None:
        """Give the text and the doors as much room as leaves the keys and the buttons in sight."""
        room = self.app.size.height - _FRAME_LINES
        doors = min(self._links.option_count, _MAX_DOOR_LINES, max(1, room // 2 - 1))
        below = doors + 1 if doors else 0
        self._links.styles.max_height = max(1, doors)
        text = min(int(self.app.size.height * _TEXT_SHARE), room - below)
        self.query_one(VerticalScroll).styles.max_height = max(1, text)

    def _show(self) -> None:
        win = self.win
        self._text.update(Content("\n").join(describe_win(self._journal, win, self._today, self._past(win.id))))
        before, after = linked_wins(self._journal, win)
        self._links.clear_options()
        for head, wins in (("opened by", before), ("opened", after)):
            for index, door in enumerate(wins):
                self._links.add_option(Option(_link(head if index == 0 else "", door, self._today), id=door.id))
        self._links.display = bool(before or after)
        (self._links if before or after else self.query_one(VerticalScroll)).focus()
        if before or after:
            self._links.highlighted = 0
        self._fit()
        self._buttons.offer("follow", offered=bool(before or after))
        self._buttons.offer("back", offered=len(self._walked) > 1)
        self.query_one(VerticalScroll).scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def _follow(self, event: OptionList.OptionSelected) -> None:
        self._walked.append(event.option_id or self._walked[-1])
        self._show()

    def action_follow(self) -> None:
        """Go to the highlighted door."""
        self._links.action_select()

    def action_copy(self) -> None:
        """Copy what is shown, as text."""
        lines = describe_win(self._journal, self.win, self._today, self._past(self.win.id))
        self.app.copy_to_clipboard("\n".join(line.plain for line in lines).strip() + "\n")
        self.notify("Copied")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the way back out where there is none."""
        return len(self._walked) > 1 if action == "back" else super().check_action(action, parameters)

    def action_back(self) -> None:
        """Go back to the win this one was reached from."""
        self._walked.pop()
        self._show()

    def action_proof(self) -> None:
        """Tell the parts of its story; of a real win alone."""
        if self.win.verdict is Verdict.REAL:
            self.action_choose("proof")
        else:
            self.notify("Proof is told of real wins: r makes it one.", markup=False)

    def action_page(self, direction: int) -> None:
        """Read on, or back."""
        text = self.query_one(VerticalScroll)
        text.scroll_relative(y=direction * max(1, text.size.height - 1), animate=False)

    def action_choose(self, what: WinAction) -> None:
        """Close, and return what to do."""
        self.dismiss(WinViewResult(what, self.win.id))


def linked_wins(journal: Journal, win: Win) -> tuple[list[Win], list[Win]]:
    """Return the win that opened this one, if any, and those that it opened."""
    before = journal.wins.get(win.opened_by or "")
    after = [journal.wins[key] for key in journal.opens.get(win.id, ())]
    return ([before] if before is not None else []), sorted(after, key=lambda door: door.happened_on)


def describe_win(journal: Journal, win: Win, today: date, past: list[Revision]) -> Iterator[Content]:
    """Yield the lines that say all there is about a win and its past."""
    yield Content.styled(fixed_width(clean_line(win.title)), "bold")
    yield _facts(journal, win, today)
    if win.story:
        yield Content("")
        yield Content(fixed_width(clean_text(win.story)))
    yield from _proof(win)
    yield Content("")
    yield from _tests(journal, win)
    yield from _suggestion(journal, win)
    history = list(_history(journal, win, today, past))
    if history:
        yield Content("")
        yield from history


def _facts(journal: Journal, win: Win, today: date) -> Content:
    parts = [weekday_date(win.happened_on, today), journal.goal_name(win), *(f"#{t}" for t in win.tags)]
    rest = " · ".join(fixed_width(clean_line(part)) for part in parts if part)
    verdict = Content.styled(
        f"{VERDICT_MARKS[win.verdict]} {_VERDICT_NAMES[win.verdict]}", _VERDICT_COLOURS[win.verdict]
    )
    return Content.assemble(verdict, (f" · {rest}", MUTED))


def _proof(win: Win) -> Iterator[Content]:
    """Yield what was told of a win for others."""
    told = [(part.word, clean_line(getattr(proof_of(win), part.name))) for part in PROOF_PARTS]
    if any(words for _, words in told):
        yield Content("")
    for word, words in told:
        for index, line in enumerate(wrap(fixed_width(words), _PROOF_CELLS) if words else ()):
            yield Content.assemble((f"{'' if index else word:<{_PROOF_INDENT}}", MUTED), line)


def _tests(journal: Journal, win: Win) -> Iterator[Content]:
    """Yield each test as a bar; evidence stands for the answer about doors."""
    if win.answers == NO_ANSWERS:
        yield Content.styled("No answers yet: the review asks for them.", MUTED)
        return
    answers = assessment.with_evidence(win, bool(journal.opens.get(win.id)))
    for test, score in assessment.test_scores(answers).items():
        if score is None:
            yield Content.assemble(f"{test:<12}", ("··· not answered yet", MUTED))
        else:
            full = round(score * _BAR_CELLS)
            yield Content.assemble(
                f"{test:<12}", ("█" * full + "░" * (_BAR_CELLS - full), "$primary"), f"{percent(score):>7}"
            )


def _suggestion(journal: Journal, win: Win) -> Iterator[Content]:
    view = assessment.suggestion_for(journal, win)
    if view is None:
        return
    yield Content("")
    yield Content.styled(view.headline, "bold")
    yield Content(fixed_width(" ".join(view.reasons)))


def _history(journal: Journal, win: Win, today: date, past: list[Revision]) -> Iterator[Content]:
    """Yield every verdict, look-back and older wording, oldest first."""
    said = [(local_day(one.when), judgement.describe_verdict(one.verdict, one.p)) for one in win.decided]
    asked = [(one.on, f"looked back: {judgement.describe_verdict(one.verdict, one.p)}") for one in win.lookbacks]
    worded = [(local_day(when), fixed_width(line)) for when, line in describe_revisions(past, journal)]
    for day, words in sorted(said + asked + worded, key=lambda entry: entry[0]):
        yield Content.assemble((f"{weekday_date(day, today):<17}", MUTED), words)


def _link(head: str, win: Win, today: date) -> Content:
    title = truncate(fixed_width(clean_line(win.title)), _MAX_LINK_CELLS)
    mark = Content.styled(VERDICT_MARKS[win.verdict], _VERDICT_COLOURS[win.verdict])
    day = Content.styled(f"  {weekday_date(win.happened_on, today)}", MUTED)
    return Content.assemble((f"{head:<11}", MUTED), mark, f" {title}", day)
