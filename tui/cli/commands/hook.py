"""The command for a shell's start file: `hook`."""

import shlex
from pathlib import Path
from typing import Final

import click

from data.base.formatting import WEEKDAY_NAMES
from data.files.locations import state_path
from data.review.reviews import review_cue
from tui.cli.shared.context import CommandContext

_SH: Final = """\
# smallwins: one line on {name}, in the first shell of the day ({shell}).
if [[ $- == *i* && -t 1 ]]; then
  _smallwins_day=$(date '+%u %Y-%m-%d')
  _smallwins_stamp={stamp}
  if [[ $_smallwins_day == '{number} '* ]]; then
    _smallwins_last=
    [[ -r $_smallwins_stamp ]] && read -r _smallwins_last < "$_smallwins_stamp"
    if [[ $_smallwins_last != "$_smallwins_day" ]]; then
      (umask 077 && mkdir -p {folder} && printf '%s\\n' "$_smallwins_day" > "$_smallwins_stamp") 2> /dev/null &&
        printf '%s\\n' {line}
    fi
  fi
  unset _smallwins_day _smallwins_stamp _smallwins_last
fi
"""
_FISH: Final = """\
# smallwins: one line on {name}, in the first shell of the day (fish).
if status is-interactive; and test -t 1
    set -l smallwins_day (date '+%u %Y-%m-%d')
    set -l smallwins_stamp {stamp}
    if string match -q '{number} *' -- $smallwins_day
        set -l smallwins_last ''
        test -r $smallwins_stamp; and read smallwins_last < $smallwins_stamp
        if test "$smallwins_last" != "$smallwins_day"
            mkdir -p -m 700 {folder} 2> /dev/null
            and echo $smallwins_day > $smallwins_stamp
            and echo {line}
        end
    end
end
"""


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_obj
def hook(context: CommandContext, shell: str) -> None:
    """Print what makes the first shell of a review day say one line, once a day.

    Add it to your shell's start file: smallwins hook bash >> ~/.bashrc. It starts no program but `date`, and says
    nothing on other days or without a terminal. Print it again after you change the review day.
    """
    click.echo(_script(context, shell, state_path().with_name("review-day")), nl=False)


def _script(context: CommandContext, shell: str, stamp: Path) -> str:
    quote = _quote_fish if shell == "fish" else shlex.quote
    day = context.settings.review_day
    cue = review_cue(context.journal)
    after = f", after {cue}" if cue else ""
    line = f"It's {WEEKDAY_NAMES[day]}: your week in small wins{after}, about four minutes. `smallwins review` begins."
    return (_FISH if shell == "fish" else _SH).format(
        shell=shell,
        name=WEEKDAY_NAMES[day],
        number=day + 1,
        stamp=quote(str(stamp)),
        folder=quote(str(stamp.parent)),
        line=quote(line),
    )


def _quote_fish(text: str) -> str:
    """Return a text as one word of fish, in which a backslash counts within single quotes."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
