"""Every change a person can make, as a pure function from the journal to the records it changes.

An edit is applied twice: first to what the screen shows, then, under the lock, to what the file holds by then. So it
takes what it needs from the journal it is given, never from one it remembers.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from uuid import uuid4

from msgspec import structs

from data.base import text
from data.base.errors import NotAllowedError, NotFoundError
from data.model import assessment, doors, merge
from data.model.assessment import QuestionId
from data.model.journal import Edit, Journal, combine_changes
from data.model.records import Changes, Decision, Goal, Step, Verdict, Win
from data.model.tags import respell


def new_id() -> str:
    """Return a new random id."""
    return str(uuid4())


def new_win(  # noqa: PLR0913 - the fields of the form, all by name
    title: str,
    *,
    happened_on: date,
    now: datetime,
    story: str = "",
    goal: str | None = None,
    tags: Sequence[str] = (),
    opened_by: str | None = None,
) -> Win:
    """Return a win from what a person typed, cleaned and within its limits.

    Args:
        title: One line.
        happened_on: The local date.
        now: The moment, UTC.
        story: Text of several lines.
        goal: The id of a goal.
        tags: As typed.
        opened_by: The id of the win that led to this one.

    Raises:
        NotAllowedError: The title is empty, or something is too long.
    """
    return Win(
        id=new_id(),
        title=text.accept_line(title),
        story=text.accept_story(story),
        happened_on=happened_on,
        goal=goal,
        tags=text.accept_tags(tuple(tags)),
        opened_by=opened_by,
        created_at=now,
        updated_at=now,
    )


def add_win(win: Win) -> Edit:
    """Add a win made by `new_win`; its tags are spelled as those that the journal has."""

    def edit(journal: Journal) -> Changes:
        doors.check_link(journal, win.id, win.opened_by)
        return Changes(put=(_respelled(journal, win),))

    return edit


def change_win(before: Win, after: Win, now: datetime) -> Edit:
    """Change the fields in which `after` differs from `before`, and leave the others as the journal has them by then.

    A field that was changed elsewhere too keeps the newer value; the notes say so, and the history keeps the older.

    Raises (from the edit):
        NotFoundError: The win no longer exists.
        NotAllowedError: The link would close a loop.
    """

    def edit(journal: Journal) -> Changes:
        current = get_win(journal, before.id)
        if after.opened_by != before.opened_by:
            doors.check_link(journal, before.id, after.opened_by)
        changed = _respelled(journal, after) if after.tags != before.tags else after
        return merge.merge_changes(before, changed, current, now)

    return edit


def _respelled(journal: Journal, win: Win) -> Win:
    """Return a win with its tags spelled as in other wins; a tag that no other win has keeps its spelling."""
    known = journal.wins.get(win.id)
    own = known.tags if known is not None and known.deleted_at is None else ()
    return structs.replace(win, tags=respell(win.tags, journal.spellings, own))


def link_win(identity: str, opened_by: str | None, now: datetime) -> Edit:
    """Link a win to the one that opened it, or remove the link.

    Raises (from the edit):
        NotFoundError: One of them no longer exists.
        LoopError: The win would open itself.
    """

    def edit(journal: Journal) -> Changes:
        win = get_win(journal, identity)
        if win.opened_by == opened_by:
            return Changes()
        doors.check_link(journal, identity, opened_by)
        return Changes(put=(structs.replace(win, opened_by=opened_by, updated_at=now),))

    return edit


def set_verdict(ids: Iterable[str], verdict: Verdict | None, now: datetime, p: float | None = None) -> Edit:
    """Give wins a verdict: a move on the board has no forecast, a review's key has one.

    The same verdict again changes nothing, unless it brings a forecast.
    """
    wanted = tuple(ids)

    def edit(journal: Journal) -> Changes:
        wins = (get_win(journal, key) for key in wanted)
        return Changes(
            put=tuple(_decide(journal, w, verdict, now, p) for w in wins if p is not None or w.verdict != verdict)
        )

    return edit


def answer_question(identity: str, question: QuestionId, answer: int | None, now: datetime) -> Edit:
    """Answer one question of a win from 1 to 5, or take the answer back with None; the same again changes nothing.

    Raises (from the edit):
        NotFoundError: The win no longer exists.
    """

    def edit(journal: Journal) -> Changes:
        win = get_win(journal, identity)
        answers = structs.replace(win.answers, **{question: answer})
        return (
            Changes(put=(structs.replace(win, answers=answers, updated_at=now),))
            if answers != win.answers
            else Changes()
        )

    return edit


def combine_edits(*edits: Edit) -> Edit:
    """Make one edit of several, each on the journal that the ones before it leave; it is saved and undone as one."""

    def edit(journal: Journal) -> Changes:
        made: list[Changes] = []
        for one in edits:
            made.append(one(journal))
            journal = journal.apply(made[-1])
        return combine_changes(made)

    return edit


def _decide(journal: Journal, win: Win, verdict: Verdict | None, now: datetime, p: float | None) -> Win:
    view = assessment.suggestion_for(journal, win)
    decision = Decision(
        when=now,
        verdict=verdict,
        p=p,
        suggestion=view.verdict if view else None,
        substance=view.substance if view else None,
    )
    return structs.replace(win, verdict=verdict, decided=(*win.decided, decision), updated_at=now)


def trash_wins(ids: Iterable[str], now: datetime) -> Edit:
    """Move wins to the trash."""
    wanted = tuple(ids)
    return lambda journal: Changes(
        put=tuple(structs.replace(get_win(journal, key), deleted_at=now, updated_at=now) for key in wanted)
    )


def restore_wins(ids: Iterable[str], now: datetime) -> Edit:
    """Restore wins from the trash."""
    wanted = tuple(ids)
    return lambda journal: Changes(
        put=tuple(structs.replace(get_win(journal, key), deleted_at=None, updated_at=now) for key in wanted)
    )


def empty_trash() -> Edit:
    """Delete what is in the trash permanently, with the links of other wins and of steps to it."""

    def edit(journal: Journal) -> Changes:
        gone = {win.id for win in journal.trash()}
        wins = (win for win in journal.wins.values() if win.opened_by in gone and win.id not in gone)
        steps = (step for step in journal.steps.values() if step.from_win in gone or step.done_win in gone)
        lone = tuple(structs.replace(win, opened_by=None) for win in wins)
        return Changes(put=(*lone, *(_unlinked(step, gone) for step in steps)), drop=tuple(journal.trash()))

    return edit


def _unlinked(step: Step, gone: set[str]) -> Step:
    return structs.replace(
        step,
        from_win=None if step.from_win in gone else step.from_win,
        done_win=None if step.done_win in gone else step.done_win,
    )


def get_win(journal: Journal, identity: str) -> Win:
    """Return a win by its whole id.

    Raises:
        NotFoundError: It no longer exists.
    """
    win = journal.wins.get(identity)
    if win is None:
        raise NotFoundError("That win is no longer in the journal.", "It may have been removed in another window.")
    return win


def new_goal(name: str, now: datetime, why: str = "") -> Goal:
    """Return a goal from what a person typed.

    Raises:
        NotAllowedError: The name is empty, or something is too long.
    """
    return Goal(
        id=new_id(), name=text.accept_line(name, "goal"), why=text.accept_story(why), created_at=now, updated_at=now
    )


def add_goal(goal: Goal) -> Edit:
    """Add a goal made by `new_goal`; two goals never share a name, whatever their case.

    Raises (from the edit):
        NotAllowedError: A goal with that name exists.
    """

    def edit(journal: Journal) -> Changes:
        if find_goal(journal, goal.name) is not None:
            raise NotAllowedError("A goal with that name already exists.", "Choose another name.")
        return Changes(put=(structs.replace(goal, order=len(journal.goals)),))

    return edit


def change_goal(identity: str, name: str, why: str, now: datetime) -> Edit:
    """Give a goal another name or reason; two goals never share a name.

    Raises (from the edit):
        NotFoundError: The goal no longer exists.
        NotAllowedError: The name is empty or another goal's, or something is too long.
    """

    def edit(journal: Journal) -> Changes:
        goal = get_goal(journal, identity)
        fresh = new_goal(name, now, why)
        other = find_goal(journal, fresh.name)
        if other is not None and other.id != identity:
            raise NotAllowedError("A goal with that name already exists.", "Choose another name.")
        return Changes(put=(structs.replace(goal, name=fresh.name, why=fresh.why, updated_at=now),))

    return edit


def archive_goal(identity: str, *, archived: bool, now: datetime) -> Edit:
    """Archive a goal, or take it out of the archive; its wins keep it."""

    def edit(journal: Journal) -> Changes:
        goal = get_goal(journal, identity)
        return Changes(put=(structs.replace(goal, archived_at=now if archived else None, updated_at=now),))

    return edit


def order_goals(identities: Sequence[str], now: datetime) -> Edit:
    """Put goals in this order; the others follow in their old order."""
    wanted = tuple(identities)

    def edit(journal: Journal) -> Changes:
        known = [key for key in wanted if key in journal.goals]
        rest = sorted((g for g in journal.goals.values() if g.id not in known), key=lambda g: (g.order, g.name))
        goals = [*(journal.goals[key] for key in known), *rest]
        moved = [(place, goal) for place, goal in enumerate(goals) if goal.order != place]
        return Changes(put=tuple(structs.replace(goal, order=place, updated_at=now) for place, goal in moved))

    return edit


def set_goal(ids: Iterable[str], goal: str | None, now: datetime) -> Edit:
    """Assign wins to a goal, or to none.

    Raises (from the edit):
        NotFoundError: The goal or a win no longer exists.
    """
    wanted = tuple(ids)

    def edit(journal: Journal) -> Changes:
        if goal is not None:
            get_goal(journal, goal)
        wins = (get_win(journal, key) for key in wanted)
        return Changes(put=tuple(structs.replace(win, goal=goal, updated_at=now) for win in wins if win.goal != goal))

    return edit


def get_goal(journal: Journal, identity: str) -> Goal:
    """Return a goal by its whole id.

    Raises:
        NotFoundError: It no longer exists.
    """
    goal = journal.goals.get(identity)
    if goal is None:
        raise NotFoundError("That goal is no longer in the journal.", "It may have been removed in another window.")
    return goal


def find_goal(journal: Journal, name: str) -> Goal | None:
    """Return the goal with that name, ignoring case and accents."""
    wanted = text.fold(text.clean_line(name))
    return next((goal for goal in journal.goals.values() if text.fold(goal.name) == wanted), None)


def in_goal(name: str, now: datetime, make: Callable[[str | None], Edit]) -> Edit:
    """Return an edit that needs the goal with that name, which is added first if it does not exist.

    Args:
        name: As typed; "" is no goal.
        now: The moment, UTC.
        make: Given the goal's id, or None for no goal, returns the edit.

    Raises:
        NotAllowedError: The name is too long.
    """
    if not text.clean_line(name):
        return make(None)
    goal = new_goal(name, now)

    def edit(journal: Journal) -> Changes:
        known = find_goal(journal, goal.name)
        return make(known.id)(journal) if known else combine_edits(add_goal(goal), make(goal.id))(journal)

    return edit
