"""Completion in bash, zsh and fish: click's own, with the journal's ids, goals and tags."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import click
from click.core import ParameterSource
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ZshComplete,
    add_completion_class,
)

from data.base.errors import SmallWinsError
from data.base.text import clean_line, fold
from data.exchange.public_json import short_size
from data.files.locations import journal_path, named_path
from data.model.journal import Journal
from data.model.records import Win
from data.search.filters import newest_first
from data.storage.backups import list_backups
from data.storage.store import Store
from tui.cli.shared.context import print_note
from tui.cli.shared.output import print_data
from tui.system.clock import local_clock, utc

_MAX_OFFERED: Final = 40
"""Most wins offered at once; typing more letters finds the others."""
_SPECIAL: Final = re.compile(r"([^\w@%+=:,./-])")
_SETUP: Final = {
    "bash": 'Add this to ~/.bashrc:  eval "$(smallwins completion bash)"',
    "zsh": 'Add this to ~/.zshrc, after compinit:  eval "$(smallwins completion zsh)"',
    "fish": "Run once:  smallwins completion fish > ~/.config/fish/completions/smallwins.fish",
}

Completions = list[CompletionItem[str]]


class _Bash(BashComplete):
    """Quotes special characters: bash inserts a completion as it is, spaces and all."""

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return the line for one completion."""
        quoted = _SPECIAL.sub(r"\\\\\1", item.value)  # twice, for the script's `read` takes one away
        return f"{item.type},{quoted}"


class _Fish(FishComplete):
    """Splits at the first comma only, so that a value may contain one."""

    source_template = FishComplete.source_template.replace('string split ","', 'string split -m 1 ","')


_SHELLS: Final = {"bash": _Bash, "zsh": ZshComplete, "fish": _Fish}


def register_completion() -> None:
    """Make click use these."""
    add_completion_class(_Bash, "bash")
    add_completion_class(_Fish, "fish")


def win_completions(ctx: click.Context, _: click.Parameter, typed: str) -> Completions:
    """Offer wins whose id starts with what was typed, newest first, else the one whose title contains it."""
    journal = _journal_of(ctx)
    return _wins(journal, newest_first(list(journal.live())), typed)


def sort_completions(ctx: click.Context, parameter: click.Parameter, typed: str) -> Completions:
    """Offer wins, and behind one the verdicts."""
    verdict = next(one for one in ctx.command.params if one.name == "verdict")
    # The last whole word is taken for the verdict until there is one.
    is_named = ctx.get_parameter_source("verdict") is ParameterSource.COMMANDLINE
    found = verdict.type.shell_complete(ctx, verdict, typed) if is_named else []
    return found or win_completions(ctx, parameter, typed)


def trash_completions(ctx: click.Context, _: click.Parameter, typed: str) -> Completions:
    """Offer wins in the trash, as `win_completions` does the others."""
    journal = _journal_of(ctx)
    return _wins(journal, journal.trash(), typed)


def backup_completions(ctx: click.Context, _: click.Parameter, typed: str) -> Completions:
    """Offer the names of the backups, newest first."""
    found = list_backups(_path_of(ctx))
    return [CompletionItem(one.path.name) for one in found if one.path.name.startswith(typed)]


def _wins(journal: Journal, wins: list[Win], typed: str) -> Completions:
    size = short_size(journal)
    found = list(islice((win for win in wins if win.id.startswith(typed.lower())), _MAX_OFFERED))
    if not found:
        named = [win for win in wins if fold(typed) in fold(win.title)]
        found = named if len(named) == 1 else []  # of several, zsh would take back what was typed
    return [CompletionItem(win.id[:size], help=clean_line(win.title)) for win in found]


def goal_completions(ctx: click.Context, _: click.Parameter, typed: str) -> Completions:
    """Offer the names of goals that aren't archived."""
    found = (goal for goal in _journal_of(ctx).goals.values() if goal.archived_at is None)
    return _beginning(typed, (clean_line(goal.name) for goal in found))


def tag_completions(ctx: click.Context, _: click.Parameter, typed: str) -> Completions:
    """Offer tags, the most used first."""
    counts = _journal_of(ctx).tags
    return _beginning(typed.removeprefix("#"), sorted(counts, key=lambda tag: (-counts[tag], tag)))


def _beginning(typed: str, names: "Iterator[str] | list[str]") -> Completions:
    return [CompletionItem(name) for name in names if fold(name).startswith(fold(typed))]


def _path_of(ctx: click.Context) -> Path:
    named = ctx.find_root().params.get("file")
    return named_path(named) if isinstance(named, Path) else journal_path()


def _journal_of(ctx: click.Context) -> Journal:
    """Return the journal of the command line being typed, or an empty one if it can't be read."""
    try:
        return Store(_path_of(ctx), lambda: utc(local_clock())).journal
    except (SmallWinsError, OSError):
        return Journal()


@click.command()
@click.argument("shell_name", metavar="bash|zsh|fish", type=click.Choice(list(_SHELLS)))
@click.pass_context
def completion(ctx: click.Context, shell_name: str) -> None:
    """Print a script for tab completion of commands, options, ids, goals and tags."""
    root = ctx.find_root()
    print_data(_SHELLS[shell_name](root.command, {}, "smallwins", "_SMALLWINS_COMPLETE").source())
    print_note(_SETUP[shell_name])
