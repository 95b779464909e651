"""Commands that read the journal: `list`, `show`, `where`."""

from collections.abc import Sequence
from typing import Any, Final

import click

from data.base.text import STORY_LIMIT, clean_text
from data.exchange.public_json import SHORT, short_size, view_win
from data.history.history import history_of
from data.history.revisions import told
from data.model.assessment import QUESTIONS
from data.model.journal import Journal
from data.model.records import MARKS, Answers, Win
from data.search.filters import newest_first
from tui.cli.shared.context import Shell, tell
from tui.cli.shared.options import as_json, filter_of, filters, win_id
from tui.cli.shared.output import ASIDE, MARK, TEXT, WORD, Column, say, say_json, say_rows

COLUMNS: Final = (WORD, WORD, MARK, TEXT, ASIDE, ASIDE, WORD)


@click.command("list")
@filters
@as_json
@click.pass_obj
def list_wins(shell: Shell, /, as_json: bool, **wanted: Any) -> None:  # noqa: ANN401, FBT001 - as click hands them over
    """List wins, newest first.

    On a terminal a table: id, date, mark (◆ real, ◇ candy, · not yet), title, goal, tags, ⇢ wins it opened. In a pipe
    the same with whole ids and words, a tab between them.
    """
    journal = shell.journal
    wins = newest_first(filter_of(journal, **wanted).select(journal))
    if as_json:
        return say_json([view_win(journal, win) for win in wins])
    if not wins:
        tell("No wins there." if journal.wins else "There are no wins yet; `smallwins add` writes one down.")
    return say_wins(journal, wins)


def say_wins(journal: Journal, wins: Sequence[Win]) -> None:
    """Put wins on stdout, one a line."""
    size = short_size(journal)
    say_rows(COLUMNS, (_row(journal, win, size) for win in wins), (_plain(journal, win) for win in wins))


def _row(journal: Journal, win: Win, size: int) -> tuple[str, ...]:
    opened = len(journal.opens.get(win.id, ()))
    tags = " ".join(f"#{tag}" for tag in win.tags)
    doors = f"⇢{opened}" if opened else ""
    return (win.id[:size], str(win.happened_on), MARKS[win.verdict], win.title, journal.goal_name(win), tags, doors)


def _plain(journal: Journal, win: Win) -> tuple[str, ...]:
    opened = len(journal.opens.get(win.id, ()))
    verdict = win.verdict or "unsorted"
    return (win.id, str(win.happened_on), verdict, win.title, journal.goal_name(win), ",".join(win.tags), str(opened))


@click.command()
@win_id
@as_json
@click.pass_obj
def show(shell: Shell, identity: str, as_json: bool) -> None:  # noqa: FBT001 - as click hands it over
    """Show one win with all that is known of it; ID may be cut short to 4 characters or more."""
    journal = shell.journal
    win = journal.find_win(identity)
    view = view_win(journal, win)
    if as_json:
        return say_json(view)
    said = [*facts(journal, win, view), *_before(shell, win)]
    say_rows((WORD, Column()), said, said)
    return say(f"\n{clean_text(win.story)}") if win.story else None


def facts(journal: Journal, win: Win, view: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what is known of a win as names and words, without its story; what is not known is left out."""
    opener = journal.wins.get(win.opened_by or "")
    said = [
        ("title", win.title),
        ("id", win.id),
        ("date", str(win.happened_on)),
        ("verdict", win.verdict or "unsorted"),
        ("goal", view["goal_name"] or ""),
        ("tags", ", ".join(win.tags)),
        ("opened by", f"{opener.id[:SHORT]} {opener.title}" if opener is not None else ""),
        *(("opens", f"{key[:SHORT]} {journal.wins[key].title}") for key in view["opens"]),
        *_answered(win.answers),
        ("substance", "" if view["substance"] is None else f"{view['substance']:.2f}"),
        ("suggestion", view["suggestion"] or ""),
        *(("looked back", f"{back.on} {back.verdict or 'could not tell'}") for back in win.lookbacks),
        ("in the trash", f"since {win.deleted_at:%Y-%m-%d}" if win.deleted_at is not None else ""),
    ]
    return [(name, words) for name, words in said if words]


def _before(shell: Shell, win: Win) -> list[tuple[str, str]]:
    """Return what a win said before it was changed, in full, and when that was."""
    past = history_of(shell.store.history, win.id)
    lines = told(past, shell.journal, STORY_LIMIT)
    return [("past", f"{when.astimezone():%Y-%m-%d} {words}") for when, words in lines]


def _answered(answers: Answers) -> list[tuple[str, str]]:
    given = [(question, getattr(answers, question.id)) for question in QUESTIONS]
    return [(question.test.lower(), f"{answer} of 5: {question.words}") for question, answer in given if answer]


@click.command()
@click.pass_obj
def where(shell: Shell) -> None:
    """Print where the journal is kept."""
    say(str(shell.path))
    if not shell.path.exists():
        tell("It is not there yet; the first win makes it.")
