"""Steps: if-then plans for the week to come, few enough to be done.

A plan that names its moment ("if it is Monday at nine, then I write to Ana") is carried out far more often than a good
intention (Gollwitzer & Sheeran 2006, https://doi.org/10.1016/S0065-2601(06)38002-1).
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct, structs

from data.base import text
from data.base.errors import NotAllowedError, NotFoundError
from data.base.formatting import capitalise
from data.model import doors
from data.model.edits import get_win, new_id
from data.model.journal import Edit, Journal
from data.model.records import Changes, Step, StepState, Win
from data.review import cues

MAX_OPEN_STEPS: Final = 3
"""The most steps open at once."""
_RATE_PERIOD: Final = timedelta(weeks=12)
"""How far back the share of steps done is counted."""
MIN_STEPS_FOR_RATE: Final = 5
"""With fewer finished and dropped steps no share is given."""
_LEAD: Final = re.compile(r"^(?:if|when|then)\b[\s,:]*", re.IGNORECASE)
_ENDS: Final = " \t,.;:"
_JOINT: Final = ", then "


class StepRate(Struct, frozen=True):
    """Steps done and dropped, and done / (done + dropped): None under `MIN_STEPS_FOR_RATE` of them."""

    done: int
    dropped: int
    rate: float | None


def wording(act: str, when: str = "") -> str:
    """Return a step from what to do and, where it is no day or hour, when: "If lunch is over, then I write to Ana".

    A leading "if", "when" or "then" and stray punctuation at the ends are dropped, so either may be typed with them.

    Raises:
        NotAllowedError: It does not say what to do, or is too long.
    """
    what, cue = _half(act), _half(when)
    if not what:
        raise NotAllowedError("What will you do?", "A few words are enough, such as: call Priya about the pilot.")
    return text.accept_line(f"If {cue}{_JOINT}{what}" if cue else what[:1].upper() + what[1:], "step")


def _half(typed: str) -> str:
    bare = text.clean_line(typed).strip(_ENDS)
    return _LEAD.sub("", bare).strip(_ENDS)


def act_of(step: Step) -> str:
    """Return what the person planned to do, without the if: a first wording of the win it becomes."""
    _, joint, act = step.text.partition(_JOINT)
    plain = (act if joint else step.text).removeprefix("I will ").removeprefix("I ")
    return capitalise(plain)


def new_step(words: str, *, due_week: date, now: datetime, from_win: str | None = None, cue: str | None = None) -> Step:
    """Return a step.

    Args:
        words: What to do, best made by `wording`.
        due_week: The first day of the week it is for.
        now: The moment, UTC.
        from_win: The id of the win that led to it; the win it becomes is opened by that one.
        cue: The day, or the day and hour, as `cues.parse_cue` returns it.

    Raises:
        NotAllowedError: There are no words, or too many.
    """
    line = text.accept_line(words, "step")
    return Step(id=new_id(), text=line, from_win=from_win, due_week=due_week, cue=cue, created_at=now, updated_at=now)


def open_steps(journal: Journal) -> list[Step]:
    """Return the open steps, the next one first: by day and hour, or by the week it is for."""
    found = [step for step in journal.steps.values() if step.state is StepState.OPEN]
    return sorted(found, key=lambda step: (step.cue or f"{step.due_week}", step.created_at, step.id))


def describe_step(step: Step, today: date) -> str:
    """Return a step with its day and hour in front, cleaned; it is a person's text, to be drawn as plain text."""
    when = cues.describe_cue(step.cue, today) if step.cue else ""
    return f"{when}  {text.clean_line(step.text)}" if when else text.clean_line(step.text)


def add_step(step: Step) -> Edit:
    """Add a step made by `new_step`.

    Raises (from the edit):
        NotAllowedError: As many are open as may be.
    """

    def edit(journal: Journal) -> Changes:
        if len(open_steps(journal)) >= MAX_OPEN_STEPS:
            raise NotAllowedError("Three steps are open, and that is enough.", "Finish one or let one go first.")
        return Changes(put=(step,))

    return edit


def finish_step(identity: str, win: Win, now: datetime) -> Edit:
    """A step was done: it becomes a win, opened by the win the step came from, and under its goal, if that is there.

    Args:
        identity: The step's id.
        win: Made by `edits.new_win`, with the day it was done.
        now: The moment, UTC.

    Raises (from the edit):
        NotFoundError: The step is gone.
    """

    def edit(journal: Journal) -> Changes:
        step = get_step(journal, identity)
        origin = journal.wins.get(step.from_win or "")
        made = structs.replace(win, opened_by=origin.id, goal=win.goal or origin.goal) if origin is not None else win
        doors.check_link(journal, made.id, made.opened_by)
        return Changes(put=(made, structs.replace(step, state=StepState.DONE, done_win=made.id, updated_at=now)))

    return edit


def finish_with_win(identity: str, win: str, now: datetime) -> Edit:
    """A step was done, and is written down as a win already: that win is opened by the one the step came from.

    A link that the win has, or that would close a loop, is left as it is.

    Raises (from the edit):
        NotFoundError: The step or the win is gone.
    """

    def edit(journal: Journal) -> Changes:
        step, there = get_step(journal, identity), get_win(journal, win)
        origin = journal.wins.get(step.from_win or "")
        done = structs.replace(step, state=StepState.DONE, done_win=win, updated_at=now)
        if origin is None or there.opened_by is not None or doors.find_loop(journal, win, origin.id):
            return Changes(put=(done,))
        return Changes(put=(structs.replace(there, opened_by=origin.id, updated_at=now), done))

    return edit


def wins_like(step: Step, wins: Iterable[Win]) -> list[Win]:
    """Return the wins, those that share the most words with a step first."""
    wanted = _words(act_of(step))
    return sorted(wins, key=lambda win: -len(wanted & _words(win.title)))


def is_alike(step: Step, win: Win) -> bool:
    """Return whether a win tells of at least half the words of a step."""
    wanted = _words(act_of(step))
    return bool(wanted) and 2 * len(wanted & _words(win.title)) >= len(wanted)


def _words(line: str) -> frozenset[str]:
    """Return the longer words of a line, folded, without an ending in which a plan and its win differ."""
    found = re.findall(r"\w{4,}", text.fold(line))
    return frozenset(word.removesuffix("ed").removesuffix("e").removesuffix("ing") for word in found)


def drop_step(identity: str, now: datetime) -> Edit:
    """Let a step go."""
    return lambda journal: Changes(
        put=(structs.replace(get_step(journal, identity), state=StepState.DROPPED, updated_at=now),)
    )


def keep_step(identity: str, due_week: date, now: datetime) -> Edit:
    """A step is still on, for a later week."""
    return lambda journal: Changes(
        put=(structs.replace(get_step(journal, identity), state=StepState.OPEN, due_week=due_week, updated_at=now),)
    )


def get_step(journal: Journal, identity: str) -> Step:
    """Return a step by its id.

    Raises:
        NotFoundError: It is gone.
    """
    step = journal.steps.get(identity)
    if step is None:
        raise NotFoundError("That step is no longer in the journal.", "It may have been removed in another window.")
    return step


def step_rate(journal: Journal, today: date) -> StepRate:
    """Return how many of the steps settled in the last 12 weeks were done, and the share."""
    since = today - _RATE_PERIOD
    ended = [step.state for step in journal.steps.values() if step.updated_at.date() >= since]
    done, dropped = ended.count(StepState.DONE), ended.count(StepState.DROPPED)
    settled = done + dropped
    return StepRate(done, dropped, done / settled if settled >= MIN_STEPS_FOR_RATE else None)


def describe_rate(found: StepRate) -> str:
    """Return what the share of steps done says, as a sentence."""
    settled = found.done + found.dropped
    if found.rate is None:
        return f"Too few steps settled in twelve weeks to say ({settled})."
    return f"{found.done} of {settled} steps done in twelve weeks."
