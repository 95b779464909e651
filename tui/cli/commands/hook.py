"""The command for a shell's start file: `hook`."""

import shlex
from pathlib import Path
from typing import Final

import click

from data.base.errors import NotFoundError
from data.base.formatting import WEEKDAY_NAMES
from data.files.locations import review_stamp_path
from data.review.shell_line import describe_shell_line
from tui.cli.shared.context import CommandContext

_SH: Final = """\
# smallwins: one line on {name}, in the first shell of the day ({shell}).
if [[ $- == *i* && -t 1 ]]; then
  _smallwins_day=$(date '+%u %Y-%m-%d')
  _smallwins_stamp={stamp}
  if [[ $_smallwins_day == '{number} '* ]]; then
    _smallwins_last= _smallwins_line=
    [[ -r $_smallwins_stamp ]] && {{ read -r _smallwins_last; read -r _smallwins_line; }} < "$_smallwins_stamp"
    if [[ $_smallwins_last != "$_smallwins_day" ]]; then
      [[ -n $_smallwins_line ]] || _smallwins_line={line}
      (umask 077 && mkdir -p {folder} &&
        printf '%s\\n' "$_smallwins_day" "$_smallwins_line" >| "$_smallwins_stamp") 2> /dev/null &&
        printf '%s\\n' "$_smallwins_line"
    fi
  fi
  unset _smallwins_day _smallwins_stamp _smallwins_last _smallwins_line
fi
"""
_FISH: Final = """\
# smallwins: one line on {name}, in the first shell of the day (fish).
if status is-interactive; and test -t 1
    set -l smallwins_day (date '+%u %Y-%m-%d')
    set -l smallwins_stamp {stamp}
    if string match -q '{number} *' -- $smallwins_day
        set -l smallwins_last ''
        set -l smallwins_line ''
        if test -r $smallwins_stamp
            begin
                read smallwins_last
                read smallwins_line
            end < $smallwins_stamp
        end
        if test "$smallwins_last" != "$smallwins_day"
            test -n "$smallwins_line"; or set smallwins_line {line}
            mkdir -p -m 700 {folder} 2> /dev/null
            and printf '%s\\n' $smallwins_day $smallwins_line > $smallwins_stamp
            and printf '%s\\n' $smallwins_line
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
    nothing on other days, without a terminal, or once the week is reviewed. Print it again after you change the
    review day.
    """
    stamp = review_stamp_path(context.path)
    if stamp is None:
        raise NotFoundError("There is no state folder for this journal.", "Set HOME to a folder of your own.")
    click.echo(_script(context, shell, stamp), nl=False)


def _script(context: CommandContext, shell: str, stamp: Path) -> str:
    quote = _quote_fish if shell == "fish" else shlex.quote
    day = context.settings.review_day
    return (_FISH if shell == "fish" else _SH).format(
        shell=shell,
        name=WEEKDAY_NAMES[day],
        number=day + 1,
        stamp=quote(str(stamp)),
        folder=quote(str(stamp.parent)),
        line=quote(describe_shell_line(context.journal, context.settings)),
    )


def _quote_fish(text: str) -> str:
    """Return a text as one word of fish, in which a backslash counts within single quotes."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
