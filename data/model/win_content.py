"""What a form says of a win, and the edit that it asks for."""

from datetime import date, datetime

from msgspec import Struct, structs

from data.model.edits import add_win, change_win, in_goal, new_win
from data.model.journal import Edit
from data.model.records import NO_PROOF, Proof, Win, with_proof


class WinContent(Struct, frozen=True, kw_only=True):
    """What a form says of a win, cleaned and within its limits.

    Attributes:
        title: One line.
        happened_on: The local date.
        goal_name: The name of its goal, new or known, or "".
        tags: As `accept_tags` returns them.
        story: Text of several lines, or "".
        opened_by: The id of the win that led to it, or None.
        proof: What was told of it for others.
    """

    title: str
    happened_on: date
    goal_name: str = ""
    tags: tuple[str, ...] = ()
    story: str = ""
    opened_by: str | None = None
    proof: Proof = NO_PROOF


def save_win(form: WinContent, before: Win | None, now: datetime) -> Edit:
    """Return the edit that a form asks for: a new win, or a change of one, with its goal when that is new.

    It is applied to what the screen shows and again to what the file holds, and gives the same both times: ids and
    times are made here, once.

    Args:
        form: What the form says.
        before: The win when the form was opened, or None for a new one.
        now: When the person left the form, UTC.

    Raises (from the edit):
        NotFoundError: The win no longer exists.
        NotAllowedError: The link would close a loop.
    """
    win = before or new_win(form.title, happened_on=form.happened_on, now=now)
    fields = {name: getattr(form, name) for name in ("title", "happened_on", "tags", "story", "opened_by")}

    def place(goal: str | None) -> Edit:
        after = with_proof(structs.replace(win, goal=goal, **fields), form.proof)
        return add_win(after) if before is None else change_win(before, after, now)

    return in_goal(form.goal_name, now, place)
