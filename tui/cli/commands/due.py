"""The command for a prompt, a cron job or a calendar: `due`."""

from datetime import date, datetime, time, timedelta
from typing import Final

import click

from data.base.formatting import day_month, weekday_date
from data.review.reviews import Due, describe_minutes, describe_waiting, what_is_due
from tui.cli.shared.context import CommandContext, print_note
from tui.cli.shared.options import as_json as with_json
from tui.cli.shared.output import print_data, print_json

_NOT_DUE: Final = 1
_LENGTH: Final = timedelta(minutes=15)
"""How long a review takes."""
_UID: Final = "weekly-review@smallwins"
"""The same in every entry, so that a calendar takes a second one for a change of the first."""
_ICS_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@click.command()
@click.option("--ics", is_flag=True, help="Print a weekly calendar entry for the review day, to be imported.")
@click.option(
    "--at",
    "clock_time",
    metavar="TIME",
    type=click.DateTime(["%H:%M"]),
    default="16:00",
    help="With --ics: when; 16:00.",
)
@with_json
@click.pass_obj
@click.pass_context
def due(ctx: click.Context, context: CommandContext, ics: bool, clock_time: datetime, as_json: bool) -> None:  # noqa: FBT001 - as click hands them over
    """Say what waits for the weekly review.

    Exit code 0 and one line on stdout when a review is due; 1 and nothing on stdout when not, so that it fits a prompt.
    """
    found = what_is_due(context.journal, context.settings, context.today)
    if ics:
        click.echo(calendar_entry(found.on, clock_time.time(), context.now()).decode(), nl=False)
        return
    if as_json:
        print_json({name: getattr(found, name) for name in Due.__struct_fields__})
    elif found.due:
        print_data(f"Review due: the week of {day_month(found.week)}{_waiting(found)}; {describe_minutes(found)}.")
    else:
        print_note(f"No review is due. The next review day is {weekday_date(found.on)}{_waiting(found)}.")
    ctx.exit(0 if found.due else _NOT_DUE)


def _waiting(found: Due) -> str:
    said = describe_waiting(found)
    return f"; {said}" if said else ""


def calendar_entry(first: date, start: time, now: datetime) -> bytes:
    """Return an iCalendar file (RFC 5545) with the review on that weekday of every week.

    Args:
        first: The day of the first one.
        start: When; a "floating" time, which is local wherever the calendar is.
        now: The moment, UTC.
    """
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415 - 150 ms, paid by --ics alone

    event = Event()
    event.add("uid", _UID)
    event.add("dtstamp", now)
    event.add("dtstart", datetime.combine(first, start))
    event.add("duration", _LENGTH)
    event.add("rrule", {"freq": "weekly", "byday": _ICS_DAYS[first.weekday()]})
    event.add("summary", "Weekly review: small wins")
    event.add("description", "What went right, and was it real? Open it with: smallwins review")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "Weekly review: small wins")
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//smallwins//weekly review//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    entry: bytes = calendar.to_ical()
    return entry
