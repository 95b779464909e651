"""The review a line at a time: the same questions as on the screen, for screen readers, slow lines and scripts.

Each answer is saved at once with where the review stands, so that one that is left or killed goes on at the same
question, here or on the screen.
"""

from collections.abc import Callable
from datetime import date
from typing import Final, TypeVar

from msgspec import structs

from data.base.errors import SmallWinsError
from data.base.formatting import WEEKDAY_NAMES, day_month, plural, weekday_date
from data.base.text import accept_line, clean_line
from data.figures.week_recap import honour_week
from data.files.locations import review_stamp_path
from data.model import assessment, edits
from data.model.journal import Edit
from data.model.proof import next_proof_question
from data.model.records import Win
from data.model.verdict_scale import JUDGEMENTS, Judgement
from data.review import cues, lookbacks, moves, naming_doors, reviews, steps, week_story
from data.review.agenda import ReviewState, review_state
from data.review.moves import STEP_DONE, Move
from data.review.reviews import CALL, REVEALED
from data.review.shell_line import describe_stamp, write_stamp
from tui.cli.shared.context import CommandContext

_LEAVE: Final = "/q"
_BACK: Final = "/b"
_OLDER: Final = "/o"
_HELP: Final = f"Enter skips, {_BACK} goes back, {_LEAVE} leaves; every answer is saved at once."
_IN_PLACE: Final = "Of a win also: o and the door it opened, g and a goal, e and another title, d for the trash."
_CALLS: Final = ", ".join(f"{one.letter} {one.words}" for one in JUDGEMENTS)


_Made = TypeVar("_Made")


class LeftReviewError(Exception):
    """The person left the review; everything is kept."""


class PlainReview:
    """One review by questions and answers.

    Args:
        context: The journal, and the clock.
        ask: Prints a question and returns the line that answers it, or None at the end of all lines.
        tell: Prints a line.
    """

    def __init__(self, context: CommandContext, ask: Callable[[str], str | None], tell: Callable[[str], None]) -> None:
        self._context = context
        self._ask = ask
        self._tell = tell
        self._told = ""
        self._parts: dict[str, Callable[[ReviewState], Move | None]] = {
            "back": self._back,
            "recall": self._recall,
            "sort": self._sort,
            "look": self._look,
            "next": self._next,
        }

    def run(self) -> None:
        """Ask from where the review stands until it is done or left."""
        week = self._begin()
        while True:
            state = self._state(week)
            try:
                if state.position.part == "close":
                    return self._close(state)
                self._make(self._parts[state.position.part](state))
            except LeftReviewError:
                return self._tell("Everything is kept. `smallwins review` continues here.")

    def _begin(self) -> date:
        context = self._context
        due = reviews.what_is_due(context.journal, context.settings, context.today)
        if reviews.find_review(context.journal, due.week) is None:
            short = reviews.is_away(context.journal, due) and self._wants_short()
            made = reviews.new_review(due.week, context.now(), short=short)
            context.change("begin the review", reviews.start_review(made))
        waiting = reviews.describe_waiting(due) or "nothing to sort"
        self._tell(f"The week of {day_month(due.week)}: {waiting}, {reviews.describe_minutes(due)}.")
        self._tell(_HELP)
        if due.unsorted:
            self._tell(_IN_PLACE)
        if due.older:
            self._tell(f"{plural(due.older, 'older win')} unsorted: {_OLDER} takes the next few.")
        return due.week

    def _wants_short(self) -> bool:
        """Return whether the person takes the short way after weeks away."""
        return self._ask("Welcome back. Enter: one win, one step, done. w: the whole review.") != "w"

    def _state(self, week: date) -> ReviewState:
        context = self._context
        review = reviews.find_review(context.journal, week)
        if review is None:
            raise LeftReviewError
        return review_state(context.journal, review, context.today, context.settings)

    def _make(self, move: Move | None) -> None:
        if move is not None:
            self._context.change(move.label, move.edit)

    def _answer(self, state: ReviewState, question: str) -> str | None:
        """Return what was answered, "" for nothing; None where the person went back, which is done already.

        Raises:
            LeftReviewError: They left, or there are no more lines.
        """
        line = self._ask(question)
        words = clean_line(line) if line is not None else _LEAVE
        if words == _LEAVE:
            raise LeftReviewError
        if words == _BACK:
            self._make(moves.go_back(state, self._context.now()))
            return None
        if words == _OLDER:
            most, now = self._context.settings.most_sorted, self._context.now()
            self._context.change("sort older wins", reviews.ask_for_older(state.agenda.review.week, most, now))
            return None
        return words

    # The parts.

    def _back(self, state: ReviewState) -> Move | None:
        back = state.agenda.back
        if back is not None:
            self._tell(
                f"One thing back: {clean_line(back.win.title)}, {weekday_date(back.win.happened_on)}. {back.why}"
            )
        words = self._answer(state, "Enter continues.")
        return None if words is None else moves.pass_on(state, self._context.now())

    def _recall(self, state: ReviewState) -> Move | None:
        if state.position.item:
            return self._step(state)
        self._list_written(state)
        words = self._answer(state, "What went right? One win per line, an empty line continues.")
        if words is None:
            return None
        now = self._context.now()
        day = min(state.today, moves.last_day(state.agenda))
        return moves.enter_lines(state, [words], day, now) if words else moves.pass_on(state, now)

    def _list_written(self, state: ReviewState) -> None:
        """Tell which wins of the week are written down, once."""
        if self._told != state.position.part:
            self._told = state.position.part
            wins = week_story.wins_of_week(state.journal, state.agenda.review.week)
            titles = "; ".join(clean_line(win.title) for win in wins)
            if titles:
                self._tell(f"Already written down: {titles}.")

    def _step(self, state: ReviewState) -> Move | None:
        step = state.journal.steps[state.position.item]
        self._tell(f"Last week you planned: {steps.describe_step(step, state.today)}.")
        words = self._answer(state, "How did it go? 1 done, 2 still on, 3 let it go.")
        now = self._context.now()
        if words == str(STEP_DONE):
            return self._step_done(state)
        if words in ("2", "3"):
            return moves.answer(state, int(words), now)
        return moves.pass_on(state, now) if words == "" else None

    def _step_done(self, state: ReviewState) -> Move | None:
        step, now = state.journal.steps[state.position.item], self._context.now()
        written = steps.wins_like(step, week_story.wins_of_week(state.journal, state.agenda.review.week))
        if written and steps.is_alike(step, written[0]):
            words = self._answer(state, f"Already written: {clean_line(written[0].title)}. y if that is it.")
            if words is None or words.lower() == "y":
                return None if words is None else moves.take_written_win(state, written[0].id, now)
        words = self._answer(state, f"The win in your own words? Enter keeps: {steps.act_of(step)}")
        return None if words is None else moves.complete_step(state, words or steps.act_of(step), now)

    def _sort(self, state: ReviewState) -> Move | None:
        win = state.journal.wins[state.position.item]
        self._introduce(state, win)
        if state.position.question == CALL:
            return self._call(state, win)
        question = assessment.QUESTION_BY_ID[state.position.question]
        goal = state.journal.goals.get(win.goal or "")
        if question.test == "Alignment" and goal is not None and goal.why:
            self._tell(f"{clean_line(goal.name)}: {clean_line(goal.why)}")
        asked = f"{question.words} 1 {question.low}, 5 {question.high}; 1 to 5, f all six, v my call."
        words, now = self._answer(state, asked), self._context.now()
        if words in ("1", "2", "3", "4", "5"):
            return moves.answer(state, int(words), now)
        if words == "f":
            return moves.ask_all_six(state, now)
        if words == "v":
            return moves.to_call(state, now)
        return self._called(state, words)

    def _change_in_place(self, win: Win, words: str) -> None:
        """Change the win that is asked about: its door, its goal, its title, or move it to the trash."""
        what, _, said = words.partition(" ")
        now = self._context.now()
        change: dict[str, Callable[[], Edit]] = {
            "o": lambda: naming_doors.name_door(win.id, said, None, now),
            "g": lambda: edits.in_goal(said, now, lambda goal: edits.set_goal([win.id], goal, now)),
            "e": lambda: edits.change_win(win, structs.replace(win, title=accept_line(said)), now),
        }
        if words == "d":
            self._context.change("move to the trash", edits.trash_wins([win.id], now))
        elif what in change and said:
            self._context.change("edit", change[what]())

    def _introduce(self, state: ReviewState, win: Win) -> None:
        """Tell which win is asked about, once."""
        if win.id != self._told:
            self._told = win.id
            asked = [one.id for one in state.agenda.sort.asked]
            goal = clean_line(state.journal.goal_name(win))
            about = ", ".join(filter(None, (weekday_date(win.happened_on), goal)))
            self._tell(f"Win {asked.index(win.id) + 1} of {len(asked)}: {clean_line(win.title)} ({about})")

    def _call(self, state: ReviewState, win: Win) -> Move | None:
        suggestion = assessment.suggestion_for(state.journal, win)
        if suggestion is not None:
            self._tell(" ".join((suggestion.headline, *suggestion.reasons)))
        return self._called(state, self._answer(state, f"What's your call? {_CALLS}."))

    def _called(self, state: ReviewState, words: str | None) -> Move | None:
        """Return the move of a letter, or that of an empty line; anything else is asked again."""
        given = _judgement(words or "")
        if given is not None:
            return moves.call(state, given, self._context.now())
        if words and state.position.part == "sort":
            self._guard(lambda: self._change_in_place(state.journal.wins[state.position.item], words))
        return moves.pass_on(state, self._context.now()) if words == "" else None

    def _look(self, state: ReviewState) -> Move | None:
        win = state.journal.wins[state.position.item]
        if state.position.question == REVEALED:
            return self._reveal(state, win)
        asked = [one.id for one in state.agenda.looks]
        since = [clean_line(state.journal.wins[key].title) for key in state.journal.opens.get(win.id, ())]
        doors = f"Since then it opened: {', '.join(since)}." if since else "No doors linked since."
        note = f" You said it opened: {clean_line(win.door_note)}. Did it?" if win.door_note else ""
        self._tell(
            f"Look back {asked.index(win.id) + 1} of {len(asked)}: {clean_line(win.title)}, "
            f"{weekday_date(win.happened_on)}. {doors}{note}"
        )
        return self._called(state, self._answer(state, f"Knowing what you know now? {_CALLS}."))

    def _reveal(self, state: ReviewState, win: Win) -> Move | None:
        """Tell what had been said, and ask for one part of the story of a win that survived."""
        self._tell(lookbacks.describe_reveal(win))
        part = next_proof_question(win)
        words = self._answer(state, f"{part.question} {part.hint}; Enter skips." if part else "Enter continues.")
        now = self._context.now()
        if words is None or part is None or not words:
            return None if words is None else moves.pass_on(state, now)
        return self._guard(lambda: moves.tell_proof(state, part.name, words, now))

    def _guard(self, make: Callable[[], _Made]) -> _Made | None:
        """Return what is made, or say why it can't be, and ask again."""
        try:
            return make()
        except SmallWinsError as error:
            self._tell(str(error))
            return None

    def _next(self, state: ReviewState) -> Move | None:
        best = week_story.win_of_the_week(state.journal, state.agenda.review.week)
        act = self._answer(state, "What is one slightly uncomfortable next step?")
        if not act:
            return None if act is None else moves.pass_on(state, self._context.now())
        when = self._answer(state, "When? A day and an hour, such as tue 9:00.")
        if when is None:
            return None
        origin, cue = best.id if best else None, cues.parse_cue(when, state.today)
        if cue:
            self._tell(f"That is {cues.spell_cue(cue)}.")
        return self._guard(lambda: moves.plan_step(state, act, when, origin, self._context.now()))

    def _close(self, state: ReviewState) -> None:
        """Tell the week, take a note, and finish."""
        week, journal = state.agenda.review.week, state.journal
        for line in honour_week(journal, week, state.today, state.settings).lines():
            self._tell(line)
        note = self._answer(state, "A note to your future self?")
        cue: str | None = ""
        if note is not None and reviews.asks_for_cue(journal):
            cue = self._answer(state, f"After what, on {WEEKDAY_NAMES[state.settings.review_day]}s?")
        if note is None or cue is None:
            return self.run()
        kept = " ".join(filter(None, (state.agenda.review.note, note)))
        self._context.change("finish the review", reviews.end_review(week, kept, cue, self._context.now()))
        self._silence_shell()
        return self._tell("Done. See you next week.")

    def _silence_shell(self) -> None:
        """Let the shell's line know that the week is reviewed."""
        context = self._context
        path, stamp = review_stamp_path(context.path), describe_stamp(context.journal, context.settings, context.today)
        if path is not None and stamp:
            write_stamp(path, stamp)


def _judgement(words: str) -> Judgement | None:
    return next((one for one in JUDGEMENTS if one.letter == words), None)
