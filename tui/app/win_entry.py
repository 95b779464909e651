"""The forms in which wins are written down: opened, kept as drafts, and turned into changes."""

from functools import partial
from typing import TYPE_CHECKING

from msgspec import convert, structs

from data.files.drafts import Draft
from data.model import edits
from data.model.records import Win
from tui.app.draft_keeper import DraftKeeper
from tui.app.host import JournalHost

if TYPE_CHECKING:
    from tui.dialogs.win_fields import WinFields, WinFormResult
    from tui.dialogs.win_form import FormOpening
    from tui.pages.welcome import WelcomeAnswers


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
        draft = self._drafts.load()
        if draft is None:
            if is_new:
                self._welcome()
            return
        from tui.dialogs.win_fields import WinFields  # noqa: PLC0415 - dialogs are imported when they open
        from tui.dialogs.win_form import FormOpening  # noqa: PLC0415 - as above

        fields = convert(draft.fields, WinFields)
        if is_new and fields == WinFields(title=fields.title, goal=fields.goal):
            self._welcome(fields.goal, fields.title)
            return
        win = self._host.journal.wins.get(draft.win or "")
        self._push(FormOpening(win, fields, "This was not saved last time: save or discard it."))

    def open(self, win: Win | None = None) -> None:
        """Open the form to change a win, or for a new one, with what was written when it was closed before."""
        from tui.dialogs.win_fields import WinFields  # noqa: PLC0415 - 40 ms, not paid at the start
        from tui.dialogs.win_form import FormOpening  # noqa: PLC0415 - as above

        draft = self._drafts.resume(win.id if win else None)
        self._push(FormOpening(win, convert(draft.fields, WinFields) if draft else None))

    def keep_fields(self, fields: "WinFields | None", win: str | None) -> None:
        """Keep what is typed in the form; None while it says nothing new."""
        self._drafts.remember(Draft(structs.asdict(fields), win) if fields else None)

    def keep_answers(self, answers: "WelcomeAnswers") -> None:
        """Keep what a newcomer types, as that of the form."""
        typed = {"goal": answers.goal, "title": answers.win}
        self._drafts.remember(Draft(typed) if any(typed.values()) else None)

    def _push(self, opening: "FormOpening") -> None:
        from tui.dialogs.win_form import WinForm  # noqa: PLC0415 - as above

        form = WinForm(self._host.journal, self._host.today, opening)
        self._host.push_screen(form, partial(self._written, opening.win))

    def _written(self, before: Win | None, written: "WinFormResult | WinFields | None") -> None:
        """Put what the form says into the journal, with its goal when that is new; or keep it as a draft."""
        from tui.dialogs.win_fields import WinFields  # noqa: PLC0415 - as above

        if written is None:
            self._drafts.forget()
            return
        if isinstance(written, WinFields):
            self._drafts.set_aside(Draft(structs.asdict(written), before.id if before else None))
            self._host.say(f"Draft kept · {'e' if before else 'a'} continues")
            return
        edit = edits.save_win(written.content, before, self._host.now())
        self._host.change("edit" if before else "add", edit, partial(self._reopen, written.fields, before))

    def _reopen(self, fields: "WinFields", before: Win | None, problem: str) -> None:
        from tui.dialogs.win_form import FormOpening  # noqa: PLC0415 - as above

        self.keep_fields(fields, before.id if before else None)
        self._push(FormOpening(before, fields, problem))

    def _welcome(self, goal: str = "", win: str = "") -> None:
        from tui.pages.welcome import Welcome, WelcomeAnswers  # noqa: PLC0415 - as above

        self._host.push_screen(Welcome(WelcomeAnswers(goal, win)), self._welcomed)

    def _welcomed(self, answers: "WelcomeAnswers | None") -> None:
        if answers is None:
            return
        now = self._host.now()
        goal = edits.new_goal(answers.goal, now) if answers.goal else None
        made = [edits.add_goal(goal)] if goal is not None else []
        if answers.win:
            leads_to = goal.id if goal is not None else None
            win = edits.new_win(answers.win, happened_on=self._host.today, now=now, goal=leads_to)
            made.append(edits.add_win(win))
        self._drafts.forget()
        if made:
            self._host.change("begin", edits.combine_edits(*made))
