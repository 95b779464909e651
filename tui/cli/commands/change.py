"""Commands that change a win: `sort`, `edit`, `link`, `unlink`, `remove`."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any, Final

import click
from msgspec import UNSET, Struct, UnsetType, structs

from data.base.errors import NotAllowedError
from data.base.text import accept_line, accept_story, accept_tags, clean_line, fold
from data.exchange.public_json import view_win
from data.model.edits import change_win, in_goal, link_win, set_verdict, trash_wins
from data.model.proof import PROOF_PARTS, accept_proof
from data.model.records import Verdict, Win, proof_of, with_proof
from tui.cli.shared import lazy_completion as offers
from tui.cli.shared.context import CommandContext, print_note
from tui.cli.shared.given_text import (
    FROM_STDIN,
    continue_in_editor,
    drop_taken,
    read_text,
    text_kept,
    title_and_story,
)
from tui.cli.shared.options import VERDICT_CHOICES, Command, parse_past_option, tag_option, win_argument, words_argument
from tui.cli.shared.output import as_json, print_json

_VERDICT_WORDS = {"real": "a real win", "candy": "cotton candy", "unsorted": "unsorted"}


@click.command()
@words_argument("reference", "ID", offers.complete_sort)
@click.argument("verdict", type=click.Choice(VERDICT_CHOICES))
@click.pass_obj
def sort(context: CommandContext, reference: str, verdict: str) -> None:
    """Sort a win: real, candy or unsorted."""
    win = context.live_win(reference)
    decided = Verdict(verdict) if verdict != "unsorted" else None
    context.change(f"sort as {verdict}", set_verdict((win.id,), decided, context.now()))
    print_note(f"“{win.title}” is now {_VERDICT_WORDS[verdict]}.")


@click.command()
@win_argument
@click.pass_obj
def remove(context: CommandContext, reference: str) -> None:
    """Move a win to the trash."""
    win = context.live_win(reference)
    context.change("move to trash", trash_wins((win.id,), context.now()))
    print_note(f"“{win.title}” moved to trash. `smallwins undo` restores it.")


@click.command()
@click.argument("later", shell_complete=offers.complete_wins)
@click.argument("earlier", shell_complete=offers.complete_wins)
@click.pass_obj
def link(context: CommandContext, later: str, earlier: str) -> None:
    """Say that a win came from an earlier one: the earlier one opened a door.

    LATER and EARLIER are ids, or words of a title in quotes.
    """
    came, source = context.live_win(later), context.live_win(earlier)
    context.change("link", link_win(came.id, source.id, context.now()))
    print_note(f"“{source.title}” opened “{came.title}”.")


@click.command()
@win_argument
@click.pass_obj
def unlink(context: CommandContext, reference: str) -> None:
    """Forget which win a win came from."""
    win = context.live_win(reference)
    if win.opened_by is None:
        return print_note(f"“{win.title}” isn't linked to an earlier win.")
    context.change("unlink", link_win(win.id, None, context.now()))
    return print_note(f"“{win.title}” isn't linked to an earlier win any more.")


class _Edited(Struct, frozen=True):
    """What the options of `edit` say; what isn't said stays as it is."""

    title: str | UnsetType
    happened_on: date | UnsetType
    story: str | UnsetType
    tags: tuple[str, ...]
    untag: tuple[str, ...]
    proof: Mapping[str, str]

    def apply(self, win: Win) -> Win:
        """Return the win with what is said."""
        said = {name: getattr(self, name) for name in ("title", "happened_on", "story")}
        dropped = set(map(fold, self.untag))
        return structs.replace(
            with_proof(win, accept_proof(structs.replace(proof_of(win), **self.proof))) if self.proof else win,
            tags=tuple(tag for tag in accept_tags((*win.tags, *self.tags)) if fold(tag) not in dropped),
            **{name: value for name, value in said.items() if value is not UNSET},
        )


def _given(value: Any, accept: Any = lambda value: value) -> Any:  # noqa: ANN401 - any option's value
    return UNSET if value is None else accept(value)


_EDIT_OPTIONS: Final = (
    click.option(
        "--title", metavar="TEXT", help="Its new title; - reads stdin, and the story from the lines after it."
    ),
    click.option("--on", metavar="DATE", callback=parse_past_option, help="When it happened."),
    click.option(
        "--goal",
        metavar="NAME",
        shell_complete=offers.complete_goals,
        help="Its goal; a new name creates one, an empty one takes it off.",
    ),
    tag_option,
    click.option(
        "--untag", metavar="TAG", multiple=True, shell_complete=offers.complete_tags, help="A tag to take off."
    ),
    click.option("--story", metavar="TEXT", help="Its new story; - reads stdin."),
    *(
        click.option(f"--{part.name}", metavar="URL" if part.name == "link" else "TEXT", help=f"Proof: {part.question}")
        for part in PROOF_PARTS
    ),
)


def _edit_options(command: Command) -> Command:
    for option in reversed(_EDIT_OPTIONS):
        command = option(command)
    return command


@click.command()
@win_argument
@_edit_options
@click.option("--edit", "in_editor", is_flag=True, help="Change title and story in your editor ($VISUAL or $EDITOR).")
@as_json
@click.pass_obj
def edit(context: CommandContext, /, *, reference: str, in_editor: bool, as_json: bool, **said: Any) -> None:  # noqa: ANN401 - as click hands them over
    """Change a win: only what the options say.

    A real win may carry proof, a line a part: --situation, --task, --action, --result, --learned and --link. Unlike its
    story, it is shown on what you export for others.
    """
    win = context.live_win(reference)
    said |= {name: accept_tags(said[name]) for name in ("tags", "untag")} | _read_words(said["title"], said["story"])
    kept: AbstractContextManager[None] = nullcontext()
    is_draft = False
    if in_editor:
        given = said["title"] or "", said["story"] or ""
        said["title"], said["story"], is_draft = continue_in_editor(context.path, given, win)
        kept = text_kept(context.path, said["title"], said["story"], win=win.id, replace=is_draft)
    with kept:
        after = _changed(win, said)
        _change(context, win, after, said["goal"])
    if is_draft:
        drop_taken(context.path, win.id)
    if as_json:
        return print_json(view_win(context.journal, context.journal.wins[win.id]))
    return print_note(f"Changed “{after.title}”.")


def _read_words(title: str | None, story: str | None) -> dict[str, str | None]:
    """Return title and story as options have them, or as stdin has them where an option says so."""
    if title == FROM_STDIN:
        title, more = title_and_story(read_text(FROM_STDIN))
        story = more.strip() or (story if story != FROM_STDIN else None)
    return {"title": title, "story": read_text(story) if story is not None else None}


def _changed(win: Win, said: Mapping[str, Any]) -> Win:
    """Return the win with what the options say.

    Raises:
        NotAllowedError: They change nothing, or give proof to what is not a real win.
    """
    edited = _edited(said)
    if edited.proof and win.verdict is not Verdict.REAL:
        raise NotAllowedError("Only a real win carries proof.", "`smallwins sort ID real` makes it one.")
    after = edited.apply(win)
    if after == win and said["goal"] is None:
        raise NotAllowedError("Nothing to change.", "Say what is new, e.g. --title or --tag; --edit opens your editor.")
    return after


def _edited(said: Mapping[str, Any]) -> _Edited:
    title, story = _given(said["title"], accept_line), _given(said["story"], accept_story)
    proof = {str(part.name): said[part.name] for part in PROOF_PARTS if said[part.name] is not None}
    return _Edited(title, _given(said["on"]), story, said["tags"], said["untag"], proof)


def _change(context: CommandContext, before: Win, after: Win, goal: str | None) -> None:
    known, now = len(context.journal.goals), context.now()
    if goal is None:
        context.change("edit", change_win(before, after, now))
        return
    edit = in_goal(goal, now, lambda found: change_win(before, structs.replace(after, goal=found), now))
    if len(context.change("edit", edit).goals) > known:
        print_note(f"Created the goal {clean_line(goal)}.")
