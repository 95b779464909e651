"""The command for a prompt, a cron job or a calendar: `due`."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import click

from data.base.formatting import day_month, weekday_date
from data.base.text import clean_line
from data.model.journal import Journal
from data.model.records import Step
from data.review.cues import cue_day, cue_hour
from data.review.reviews import Due, describe_minutes, describe_waiting, review_cue, what_is_due
from data.review.steps import open_steps
from tui.cli.shared.context import CommandContext, print_note
from tui.cli.shared.output import as_json as with_json
from tui.cli.shared.output import print_data, print_json

if TYPE_CHECKING:
    from icalendar import Event

_NOT_DUE: Final = 1
_LENGTH: Final = timedelta(minutes=15)
"""How long a review takes."""
_STEP_LENGTH: Final = timedelta(minutes=30)
_REVIEW: Final = "Weekly review: small wins"
_UID: Final = "weekly-review@smallwins"
"""The same in every entry, so that a calendar takes a second one for a change of the first."""
_ICS_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@click.command()
@click.option(
    "--ics", is_flag=True, help="Print a calendar file with the weekly review and the open steps that have a day."
)
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
        click.echo(calendar_of(found.on, clock_time.time(), context.journal, context.now()).decode(), nl=False)
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


def calendar_of(first: date, start: time, journal: Journal, now: datetime) -> bytes:
    """Return an iCalendar file (RFC 5545): the review every week, and each open step that has a day.

    Times are "floating": local wherever the calendar is.

    Args:
        first: The day of the first review.
        start: When the review is.
        journal: For the open steps, and after what the review happens.
        now: The moment, UTC.
    """
    from icalendar import Calendar  # noqa: PLC0415 - 150 ms, paid by --ics alone

    calendar = Calendar()
    calendar.add("prodid", "-//smallwins//weekly review//EN")
    calendar.add("version", "2.0")
    calendar.add_component(_review_event(first, start, review_cue(journal), now))
    for step in open_steps(journal):
        if step.cue and (day := cue_day(step.cue)) is not None:
            calendar.add_component(_step_event(step, day, cue_hour(step.cue), now))
    entry: bytes = calendar.to_ical()
    return entry


def _review_event(first: date, start: time, cue: str, now: datetime) -> "Event":
    event = _event(_UID, _REVIEW, now, alarm=True)
    event.add("dtstart", datetime.combine(first, start))
    event.add("duration", _LENGTH)
    event.add("rrule", {"freq": "weekly", "byday": _ICS_DAYS[first.weekday()]})
    after = f"After {cue}. " if cue else ""
    event.add("description", f"{after}What went right, and was it real? Open it with: smallwins review")
    return event


def _step_event(step: Step, day: date, hour: time | None, now: datetime) -> "Event":
    """Return the entry of a step: at its hour, with an alarm, or for the whole day."""
    event = _event(f"step-{step.id}@smallwins", clean_line(step.text), now, alarm=hour is not None)
    event.add("dtstart", datetime.combine(day, hour) if hour is not None else day)
    if hour is not None:
        event.add("duration", _STEP_LENGTH)
    return event


def _event(uid: str, summary: str, now: datetime, *, alarm: bool) -> "Event":
    from icalendar import Alarm, Event  # noqa: PLC0415 - as above

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now)
    event.add("summary", summary)
    if alarm:
        reminder = Alarm()
        reminder.add("action", "DISPLAY")
        reminder.add("description", summary)
        reminder.add("trigger", timedelta(0))
        event.add_component(reminder)
    return event
