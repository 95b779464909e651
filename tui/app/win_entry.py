"""The forms in which wins are written down: opened, kept as drafts, and turned into changes."""

from functools import partial
from typing import TYPE_CHECKING, Final

from msgspec import convert, structs

from data.files.drafts import Draft, DraftKey
from data.model.records import Goal, Proof, Win, proof_of
from tui.app.draft_keeper import DraftKeeper
from tui.app.host import JournalHost, Reopen

if TYPE_CHECKING:
    from tui.dialogs.goal_form import GoalFields
    from tui.dialogs.win_fields import WinFields, WinFormResult
    from tui.dialogs.win_form import FormOpening
    from tui.pages.welcome import WelcomeAnswers

_WIN: Final = "win"
_WHERE: Final = {
    "goal": "a goal (5, then n or e)",
    "recall": "a line of your review (2)",
    "proof": "the proof of a win (enter on its card, then p)",
}
"""Where the text of another form is found again."""


def _key(win: Win | None = None) -> DraftKey:
    return _WIN, win.id if win else None


class WinEntry:
    """Opens the form for a win, and the welcome; what they return goes into the journal.

    Args:
        host: The app.
        drafts: Keeps what is typed.
    """

    def __init__(self, host: JournalHost, drafts: DraftKeeper) -> None:
        self._host = host
        self._drafts = drafts

    def begin(self, *, is_new: bool) -> None:
        """Show the text again that the last run did not save, or welcome who is new."""
        drafts = self._drafts.load()
        if kept := [_WHERE[draft.form] for draft in drafts if draft.form in _WHERE]:
            # Later: the page to begin with may be another one.
            self._host.call_later(self._host.say, f"Unfinished: {', '.join(dict.fromkeys(kept))}")
        written = [draft for draft in drafts if draft.form == _WIN]
        new_one = [draft for draft in written if draft.win is None]
        if written:
            # The text of a win that is gone is that of a new one, unless there is such a text.
            is_there = written[-1].win is None or written[-1].win in self._host.journal.wins
            self._show_again(written[-1] if is_there or not new_one else new_one[0], is_new=is_new)
        elif is_new:
            self._welcome()

    def _show_again(self, draft: Draft, *, is_new: bool) -> None:
        from tui.dialogs.win_fields import WinFields  # noqa: PLC0415 - dialogs are imported when they open
        from tui.dialogs.win_form import FormOpening  # noqa: PLC0415 - as above

        fields = convert(draft.fields, WinFields)
        if is_new and fields == WinFields(title=fields.title, goal=fields.goal):
            self._welcome(fields.goal, fields.title)
            return
        win = self._host.journal.wins.get(draft.win or "")
        if draft.win and win is None:
            self._drafts.remember(draft.key, None)
            self._drafts.remember(_key(), draft.fields)
        self._push(FormOpening(win, fields, "This was not saved last time: save or discard it."))

    def open(self, win: Win | None = None) -> None:
        """Open the form to change a win, or for a new one, with what was written when it was closed before."""
        from tui.dialogs.win_fields import WinFields  # noqa: PLC0415 - 40 ms, not paid at the start
        from tui.dialogs.win_form import FormOpening  # noqa: PLC0415 - as above

        fields = self._drafts.resume(_key(win))
        self._push(FormOpening(win, convert(fields, WinFields) if fields else None))

    def open_proof(self, win: Win) -> None:
        """Open the form of a win's proof, with what was written there and not saved."""
        from data.model.proof import set_proof  # noqa: PLC0415 - not before the first frame
        from tui.dialogs.proof_form import ProofForm  # noqa: PLC0415 - dialogs are imported when they open

        key, before = ("proof", win.id), proof_of(win)

        def typed(proof: Proof | None) -> None:
            self._drafts.remember(key, None if proof is None else structs.asdict(proof))

        def told(after: Proof | None) -> None:
            if after is None or after == before:
                self._drafts.forget(key)
                return
            edit = set_proof(win.id, before, after, self._host.now())
            self._host.change("edit proof", edit, Reopen(key), done="Proof saved")

        self._host.push_screen(ProofForm(win.title, before, typed, self._drafts.resume(key)), told)

    def _push(self, opening: "FormOpening") -> None:
        from tui.dialogs.win_form import WinForm  # noqa: PLC0415 - as above

        form = WinForm(self._host.journal, self._host.today, opening)
        self._host.push_screen(form, partial(self._written, opening.win))

    def _written(self, before: Win | None, written: "WinFormResult | WinFields | None") -> None:
        """Put what the form says into the journal, with its goal when that is new; or keep it as a draft."""
        from tui.dialogs.win_fields import WinFields  # noqa: PLC0415 - as above

        if written is None:
            self._drafts.forget(_key(before))
            return
        if isinstance(written, WinFields):
            self._drafts.remember(_key(before), structs.asdict(written))
            self._host.say("Draft kept", "edit" if before else "add_win", "continues")
            return
        from data.model.win_content import save_win  # noqa: PLC0415 - as above

        edit = save_win(written.content, before, self._host.now())
        form = Reopen(_key(before), partial(self._reopen, written.fields, before))
        self._host.change("edit" if before else "add", edit, form, done="Win changed" if before else "Win added")

    def _reopen(self, fields: "WinFields", before: Win | None, problem: str) -> None:
        from tui.dialogs.win_form import FormOpening  # noqa: PLC0415 - as above

        self._drafts.remember(_key(before), structs.asdict(fields))
        self._push(FormOpening(before, fields, problem))

    def _welcome(self, goal: str = "", win: str = "") -> None:
        from tui.pages.welcome import Welcome, WelcomeAnswers  # noqa: PLC0415 - as above

        self._host.push_screen(Welcome(WelcomeAnswers(goal, win), self._host.settings.review_day), self._welcomed)

    def _welcomed(self, answers: "WelcomeAnswers | None") -> None:
        if answers is None:
            return
        from data.model import edits  # noqa: PLC0415 - as above

        now = self._host.now()
        goal = edits.new_goal(answers.goal, now) if answers.goal else None
        made = [edits.add_goal(goal)] if goal is not None else []
        named = [name for name, typed in (("goal", answers.goal), ("win", answers.win)) if typed]
        if answers.win:
            leads_to = goal.id if goal is not None else None
            win = edits.new_win(answers.win, happened_on=self._host.today, now=now, goal=leads_to)
            made.append(edits.add_win(win))
        self._drafts.forget(_key())
        if made:
            self._host.change("begin", edits.combine_edits(*made), done=f"{' and '.join(named).capitalize()} added")
        if goal is not None and not answers.later:
            self._ask_why(goal)

    def _ask_why(self, goal: Goal) -> None:
        """Ask why the person wants to go where they said; they may skip it."""
        from tui.dialogs.goal_form import GoalForm  # noqa: PLC0415 - as above

        form = GoalForm(self._host.journal, goal, asks_why=True)
        self._host.push_screen(form, partial(self._why_said, goal.id))

    def _why_said(self, goal: str, fields: "GoalFields | None") -> None:
        from data.model.edits import change_goal  # noqa: PLC0415 - as above

        if fields is not None:
            edit = change_goal(goal, fields.name, fields.why, self._host.now())
            self._host.change("why", edit, done="Kept. It comes back on a slow week")
        self._drafts.forget(("goal", goal))
