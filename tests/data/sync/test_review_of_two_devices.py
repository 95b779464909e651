"""A review and its step on two devices: both done at once, nothing of either is lost."""

from datetime import date, timedelta
from pathlib import Path

from data.model import edits
from data.model.journal import Edit
from data.model.records import Changes, Review, StepState
from data.review import steps
from tests.support.device_pairs import same, settle
from tests.support.devices import DAY, Device, World, folder_between

WEEK = date(2026, 11, 16)


def test_a_step_done_on_both_is_done_once_and_both_wins_stay(tmp_path: Path) -> None:
    world, between = World(), folder_between(tmp_path / "between")
    one, other = (Device(tmp_path / name, world, between) for name in "ab")
    step = steps.new_step("Call Priya", due_week=WEEK, now=one.now())
    one.change(steps.add_step(step))
    settle(one, other)
    for device in (one, other):
        win = edits.new_win(f"Called Priya from {device.name}", happened_on=DAY, now=device.now())
        device.change(steps.finish_step(step.id, win, device.now()))
    settle(one, other)
    assert same(one, other)
    assert one.titles() == ["Called Priya from a", "Called Priya from b"]
    (done,) = one.store.journal.steps.values()
    assert done.state is StepState.DONE
    assert one.wins()[str(done.done_win)].title == "Called Priya from b"  # the later one


def putting(review: Review) -> Edit:
    return lambda _: Changes(put=(review,))


def test_a_week_reviewed_on_both_is_one_review_with_both_notes(tmp_path: Path) -> None:
    world, between = World(), folder_between(tmp_path / "between")
    one, other = (Device(tmp_path / name, world, between) for name in "ab")
    for device in (one, other):
        now = device.now()
        review = Review(id=edits.new_id(), week=WEEK, started_at=now, updated_at=now, note=f"Noted on {device.name}.")
        device.change(putting(review))
        world.moment += timedelta(minutes=20)
    settle(one, other)
    assert same(one, other)
    (review,) = one.store.journal.reviews.values()
    assert review.note == "Noted on a.\n\nNoted on b."
    assert one.sync().sent == other.sync().sent == 0
