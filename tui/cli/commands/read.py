"""Commands that read the journal: `list`, `show`, `where`."""

from collections.abc import Sequence
from typing import Any, Final

import click

from data.base.text import STORY_LIMIT, clean_text
from data.exchange.public_json import SHORT_ID, short_size, view_win
from data.history.history import revisions_of
from data.history.revisions import describe_revisions
from data.model.assessment import QUESTIONS
from data.model.journal import Journal
from data.model.proof import PROOF_PARTS
from data.model.records import VERDICT_MARKS, Answers, Win
from data.search.filters import newest_first
from tui.cli.shared.context import CommandContext, print_note
from tui.cli.shared.options import copy_option, filter_from, filter_options, win_argument
from tui.cli.shared.output import (
    ASIDE_COLUMN,
    MARK_COLUMN,
    TEXT_COLUMN,
    WORD_COLUMN,
    TableColumn,
    as_json,
    copy_lines,
    print_data,
    print_json,
    print_table,
)
from tui.system.clock import local_day

_COLUMNS: Final = (WORD_COLUMN, WORD_COLUMN, MARK_COLUMN, TEXT_COLUMN, ASIDE_COLUMN, ASIDE_COLUMN, WORD_COLUMN)


@click.command("list")
@filter_options
@click.option("-n", "limit", metavar="N", type=click.IntRange(min=1), help="At most this many wins.")
@copy_option
@as_json
@click.pass_obj
def list_wins(context: CommandContext, /, limit: int | None, *, copy: bool, as_json: bool, **wanted: Any) -> None:  # noqa: ANN401 - as click hands them over
    """List wins, newest first.

    On a terminal, a table: id, date, mark (◆ real, ◇ candy, · unsorted), title, goal, tags, ⇢ doors opened. In a pipe,
    tab-separated lines with full ids and words.
    """
    journal = context.journal
    wins = newest_first(filter_from(journal, **wanted).select(journal))[:limit]
    if as_json:
        return print_json([view_win(journal, win) for win in wins])
    if not wins:
        print_note("No matching wins." if journal.wins else "No wins yet. Add one with `smallwins add`.")
    if copy:
        copy_lines(f"{win.happened_on} {VERDICT_MARKS[win.verdict]} {win.title}" for win in wins)
    return print_wins(journal, wins)


def print_wins(journal: Journal, wins: Sequence[Win]) -> None:
    """Print wins, one per line."""
    size = short_size(journal)
    print_table(_COLUMNS, (_row(journal, win, size) for win in wins), (_plain(journal, win) for win in wins))


def _row(journal: Journal, win: Win, size: int) -> tuple[str, ...]:
    opened = len(journal.opens.get(win.id, ()))
    tags = " ".join(f"#{tag}" for tag in win.tags)
    doors = f"⇢{opened}" if opened else ""
    return (
        win.id[:size],
        str(win.happened_on),
        VERDICT_MARKS[win.verdict],
        win.title,
        journal.goal_name(win),
        tags,
        doors,
    )


def _plain(journal: Journal, win: Win) -> tuple[str, ...]:
    opened = len(journal.opens.get(win.id, ()))
    verdict = win.verdict or "unsorted"
    return (win.id, str(win.happened_on), verdict, win.title, journal.goal_name(win), ",".join(win.tags), str(opened))


@click.command()
@win_argument
@copy_option
@as_json
@click.pass_obj
def show(context: CommandContext, reference: str, *, copy: bool, as_json: bool) -> None:
    """Show one win in full."""
    journal = context.journal
    win = context.find_win(reference)
    view = view_win(journal, win)
    if as_json:
        return print_json(view)
    said = [*win_facts(journal, win, view), *_before(context, win)]
    if copy:
        copy_lines([*(f"{name}: {words}" for name, words in said), *(("", win.story) if win.story else ())])
    print_table((WORD_COLUMN, TableColumn()), said, said)
    return print_data(f"\n{clean_text(win.story)}") if win.story else None


def win_facts(journal: Journal, win: Win, view: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the known facts of a win as pairs of name and text, without its story."""
    opener = journal.wins.get(win.opened_by or "")
    said = [
        ("title", win.title),
        ("id", win.id),
        ("date", str(win.happened_on)),
        ("verdict", win.verdict or "unsorted"),
        ("goal", view["goal_name"] or ""),
        ("tags", ", ".join(win.tags)),
        ("opened by", f"{opener.id[:SHORT_ID]} {opener.title}" if opener is not None else ""),
        *(("opens", f"{key[:SHORT_ID]} {journal.wins[key].title}") for key in view["opens"]),
        *_answered(win.answers),
        ("substance", "" if view["substance"] is None else f"{view['substance']:.2f}"),
        ("suggestion", view["suggestion"] or ""),
        *((part.name, words) for part in PROOF_PARTS if (words := view["proof"][part.name])),
        *(("looked back", f"{back.on} {back.verdict or 'undecided'}") for back in win.lookbacks),
        ("in the trash", f"since {win.deleted_at:%Y-%m-%d}" if win.deleted_at is not None else ""),
    ]
    return [(name, words) for name, words in said if words]


def _before(context: CommandContext, win: Win) -> list[tuple[str, str]]:
    """Return the earlier wordings of a win and when each was replaced."""
    past = revisions_of(context.store.history, win.id)
    lines = describe_revisions(past, context.journal, STORY_LIMIT)
    return [("past", f"{local_day(when)} {words}") for when, words in lines]


def _answered(answers: Answers) -> list[tuple[str, str]]:
    given = [(question, getattr(answers, question.id)) for question in QUESTIONS]
    return [(question.test.lower(), f"{answer} of 5: {question.words}") for question, answer in given if answer]


@click.command()
@click.pass_obj
def where(context: CommandContext) -> None:
    """Print the journal's path."""
    print_data(str(context.path))
    if not context.path.exists():
        print_note("It doesn't exist yet; your first win creates it.")
