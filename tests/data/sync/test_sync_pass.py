"""Passes between devices, over a synced folder and over real git: what is on both afterwards, and what is said."""

from datetime import timedelta
from pathlib import Path

import pytest

from data.exchange.importing.plan import add_new
from data.history.history import revisions_of
from data.model import edits
from data.model.records import Verdict
from tests.support.device_pairs import EACH_REMOTE, Met, Pair, same, set_fields, settle
from tests.support.import_runner import gathered

NOTES = "- 2026-11-16 Sent the email\n- 2026-11-16 Sent the email\n  twice\n- 2026-11-18 Coffee\n"


@EACH_REMOTE
def test_a_win_of_one_device_comes_to_the_other(pair: Pair) -> None:
    one, other = pair
    one.add("Said yes to the talk")
    assert one.sync().sent == 1
    report = other.sync()
    assert report.added == {"wins": 1}
    assert other.titles() == ["Said yes to the talk"]
    assert same(one, other)


@EACH_REMOTE
def test_a_pass_with_nothing_new_sends_nothing(met: Met) -> None:
    one, other, _ = met
    before = one.path.read_bytes()
    for device in (one, other, one):
        report = device.sync()
        assert (report.sent, report.added, report.changed) == (0, {}, {})
    assert one.path.read_bytes() == before


@EACH_REMOTE
def test_what_both_wrote_offline_is_on_both(pair: Pair) -> None:
    one, other = pair
    for number in range(5):
        one.add(f"one {number}")
        other.add(f"other {number}")
    settle(one, other)
    assert len(one.titles()) == 10
    assert same(one, other)


def test_different_fields_of_a_win_both_stay(met: Met) -> None:
    one, other, win = met
    set_fields(one, win, title="Said yes to the panel talk")
    set_fields(other, win, story="It scared me.")
    other.change(edits.set_verdict([win.id], Verdict.REAL, other.now()))
    settle(one, other)
    both = one.wins()[win.id]
    assert (both.title, both.story, both.verdict) == ("Said yes to the panel talk", "It scared me.", Verdict.REAL)
    assert same(one, other)


@pytest.mark.parametrize("first", [0, 1])
def test_of_one_field_the_newer_value_holds_and_both_are_told(met: Met, first: int) -> None:
    one, other, win = met
    set_fields(one, win, title="Talk in Rome")
    set_fields(other, win, title="Talk in Bonn")
    order = (one, other) if first == 0 else (other, one)
    notes = [note for device in (*order, *order) for note in device.sync().notes]
    assert one.wins()[win.id].title == other.wins()[win.id].title == "Talk in Bonn"
    assert sum("changed on" in note for note in notes) == 2
    for device in (one, other):
        assert any(b"Talk in Rome" in bytes(entry.touched) for entry in device.store.history)


def test_a_wrong_clock_does_not_undo_a_later_edit(met: Met) -> None:
    one, other, win = met
    set_fields(one, win, title="Talk in Rome")
    settle(one, other)
    other.clock_is_off = timedelta(days=-3)
    set_fields(other, win, title="Talk in Bonn")
    settle(other, one)
    assert one.wins()[win.id].title == "Talk in Bonn"
    assert same(one, other)


def test_decisions_stay_in_their_order_though_the_clock_went_back_between_them(met: Met) -> None:
    one, other, win = met
    one.change(edits.set_verdict([win.id], Verdict.REAL, one.now()))
    one.clock_is_off = timedelta(days=-4000)
    one.change(edits.set_verdict([win.id], Verdict.CANDY, one.now()))
    settle(one, other)
    assert same(one, other)
    assert [decision.verdict for decision in other.wins()[win.id].decided] == [Verdict.REAL, Verdict.CANDY]
    assert other.wins()[win.id].verdict is Verdict.CANDY


def test_edited_here_and_trashed_there_it_is_trashed_with_the_edit(met: Met) -> None:
    one, other, win = met
    set_fields(one, win, story="Edited.")
    other.change(edits.trash_wins([win.id], other.now()))
    settle(one, other)
    both = one.wins()[win.id]
    assert both.deleted_at is not None
    assert both.story == "Edited."


def test_removed_for_good_here_and_edited_there_it_comes_back_whole(met: Met) -> None:
    one, other, win = met
    set_fields(one, win, story="A long story.")
    settle(one, other)
    one.change(edits.trash_wins([win.id], one.now()))
    one.change(edits.empty_trash())
    set_fields(other, win, title="Edited meanwhile")
    notes = [note for device in (one, other, one, other) for note in device.sync().notes]
    both = one.wins()[win.id]
    assert (both.title, both.story) == ("Edited meanwhile", "A long story.")
    assert same(one, other)
    assert notes == ["A win removed here was changed on b meanwhile, so it came back."]


def test_restored_here_while_the_trash_is_emptied_there_it_stays(met: Met) -> None:
    one, other, win = met
    one.change(edits.trash_wins([win.id], one.now()))
    settle(one, other)
    one.change(edits.restore_wins([win.id], one.now()))
    other.change(edits.empty_trash())
    settle(one, other)
    assert one.titles() == other.titles() == ["Said yes to the talk"]
    assert same(one, other)


def test_removed_for_good_it_is_gone_everywhere_and_leaves_the_history(met: Met) -> None:
    one, other, win = met
    set_fields(other, win, story="A secret.")
    settle(other, one)
    one.change(edits.trash_wins([win.id], one.now()))
    one.change(edits.empty_trash())
    settle(one, other)
    assert win.id not in other.wins()
    assert b"A secret." not in other.path.read_bytes()


def test_what_a_pass_removed_or_changed_is_not_called_lost(met: Met) -> None:
    one, other, win = met
    coffee = one.add("Coffee with Ada")
    settle(one, other)
    app = one.store
    set_fields(other, win, title="Talk in Bonn")
    other.change(edits.trash_wins([coffee.id], other.now()))
    other.change(edits.empty_trash())
    settle(other, one)
    app.refresh()
    assert [win.title for win in app.journal.live()] == ["Talk in Bonn"]
    assert app.lost == ()
    assert app.undo().label == "add a win"


def test_undo_takes_back_the_own_change_and_travels(met: Met) -> None:
    one, other, win = met
    set_fields(one, win, title="Talk in Rome")
    other.add("Coffee with Ada")
    settle(one, other)
    one.store.undo()
    settle(one, other)
    assert one.titles() == other.titles() == ["Coffee with Ada", "Said yes to the talk"]


def test_an_undone_addition_that_was_edited_elsewhere_stays(pair: Pair) -> None:
    one, other = pair
    win = one.add("Said yes to the talk")
    settle(one, other)
    set_fields(other, win, story="Edited there.")
    one.store.undo()
    notes = [note for device in (one, other, one, other) for note in device.sync().notes]
    assert one.wins()[win.id].story == "Edited there."
    assert same(one, other)
    assert any("so it came back" in note for note in notes)


def test_a_redo_after_a_pass_brings_it_back_everywhere(pair: Pair) -> None:
    one, other = pair
    one.add("Said yes to the talk")
    settle(one, other)
    one.store.undo()
    settle(one, other)
    assert other.titles() == []
    one.store.redo()
    settle(one, other)
    assert other.titles() == ["Said yes to the talk"]


def test_one_file_imported_on_both_is_one_set_of_wins(pair: Pair) -> None:
    for device in pair:
        device.change(add_new(gathered(NOTES)))
    settle(*pair)
    assert pair[0].titles() == ["Coffee", "Sent the email", "Sent the email"]
    assert same(*pair)


def test_links_in_a_circle_are_cut_alike(pair: Pair) -> None:
    one, other = pair
    talk, coffee = one.add("Talk"), one.add("Coffee")
    settle(one, other)
    one.change(edits.link_win(talk.id, coffee.id, one.now()))
    other.change(edits.link_win(coffee.id, talk.id, other.now()))
    notes = [note for device in (one, other, one, other) for note in device.sync().notes]
    assert any("circle" in note for note in notes)
    assert one.wins()[talk.id].opened_by == coffee.id
    assert one.wins()[coffee.id].opened_by is None
    assert same(one, other)
    for device in (one, other):
        (revision,) = (past for past in revisions_of(device.store.history, coffee.id) if past.fields.aside)
        assert revision.fields.aside == {"opened_by": talk.id}


def test_a_circle_of_three_devices_is_cut_once(pair: Pair, tmp_path: Path) -> None:
    one, other = pair
    wins = [one.add(title) for title in ("Talk", "Coffee", "Course")]
    settle(one, other)
    third = one.copy_to(tmp_path / "third")
    for number, device in enumerate((one, other, third)):
        device.change(edits.link_win(wins[number].id, wins[number - 1].id, device.now()))
    settle(one, other, third)
    links = [one.wins()[win.id].opened_by for win in wins]
    assert links.count(None) == 1
    assert same(one, other, third)


def test_goals_of_one_name_become_one_and_their_wins_follow(pair: Pair) -> None:
    one, other = pair
    goals = []
    for device, why in ((one, "I want to."), (other, "It matters.")):
        goal = edits.new_goal("Climate", device.now(), why)
        device.change(edits.add_goal(goal))
        win = device.add(why)
        device.change(edits.set_goal([win.id], goal.id, device.now()))
        goals.append(goal)
    settle(one, other)
    (goal,) = one.store.journal.goals.values()
    assert goal.id == goals[0].id
    assert goal.why == "I want to.\n\nIt matters."
    assert {win.goal for win in other.wins().values()} == {goal.id}
    assert same(one, other)


def test_unknown_fields_survive_an_edit_on_the_other_device(met: Met) -> None:
    one, other, win = met
    text = one.path.read_text().replace('"title":"Said', '"mood":"bright","title":"Said', 1)
    one.path.write_text(text)
    table = other.path.read_text().replace('"wins":', '"moods":{"1":{"x":1}},"wins":', 1)
    other.path.write_text(table)
    settle(one, other)
    set_fields(other, win, story="Edited there.")
    settle(other, one)
    assert ("moods" in one.path.read_text(), "moods" in other.path.read_text()) == (False, True)
    for device in (one, other):
        assert '"mood":"bright"' in device.path.read_text()
        assert device.wins()[win.id].story == "Edited there."


@EACH_REMOTE
def test_nothing_that_travels_can_be_read(met: Met, tmp_path: Path) -> None:
    one, _, win = met
    set_fields(one, win, story="canary " * 50)
    one.sync()
    remote = tmp_path / "remote.git" if (tmp_path / "remote.git").exists() else tmp_path / "between"
    for path in (*remote.rglob("*"), *(one.home / "wins.json.sync" / "outbox").rglob("*")):
        if path.is_file():
            assert b"canary" not in path.read_bytes()
    for path in (one.home / "wins.json.sync").glob("*"):
        assert path.name == "repo.git" or path.stat().st_mode & 0o077 == 0
