import pytest
from msgspec import structs

from data.base.errors import NotAllowedError
from data.model import edits
from data.model.journal import Journal
from data.model.records import Changes, Verdict, Win
from tests.support.app_host import NOW, win
from tui.app.undo_stack import UndoStack, UndoStep, inverse, unless_changed

FIRST, SECOND = win("one"), win("two")
JOURNAL = Journal.of(FIRST, SECOND)
REAL = edits.set_verdict([FIRST.id], Verdict.REAL, NOW)
CANDY = edits.set_verdict([FIRST.id], Verdict.CANDY, NOW)


def test_the_inverse_takes_a_change_back() -> None:
    changes = Changes(put=(structs.replace(FIRST, title="other"), win("three")), drop=(SECOND,))
    assert JOURNAL.apply(changes).apply(inverse(JOURNAL, changes)) == JOURNAL


def test_a_step_goes_back_and_forth() -> None:
    changes = REAL(JOURNAL)
    step = UndoStep("sort", JOURNAL, changes)
    after = JOURNAL.apply(changes)
    back = after.apply(step.turn(after, NOW))
    assert back == JOURNAL
    assert back.apply(step.turn(back, NOW)) == after


def test_a_new_change_ends_what_can_be_redone() -> None:
    stack = UndoStack()
    first, second = (UndoStep(name, JOURNAL, Changes()) for name in ("first", "second"))
    stack.push(first)
    assert stack.undo() is first
    assert stack.redo() is first
    assert stack.undo() is first
    stack.push(second)
    assert stack.redo() is None
    assert stack.undo() is second
    assert stack.undo() is None


def test_a_late_edit_overrides_nothing_that_was_done_since() -> None:
    late = unless_changed(REAL, JOURNAL, REAL(JOURNAL))
    assert late(JOURNAL) == REAL(JOURNAL)
    with pytest.raises(NotAllowedError, match="changed again"):
        late(JOURNAL.apply(CANDY(JOURNAL)))


def test_a_late_edit_is_made_where_only_other_fields_changed_since() -> None:
    late = unless_changed(REAL, JOURNAL, REAL(JOURNAL))
    renamed = JOURNAL.apply(Changes(put=(structs.replace(FIRST, title="said better"),)))
    (made,) = late(renamed).put
    assert isinstance(made, Win)
    assert (made.title, made.verdict) == ("said better", Verdict.REAL)


def test_the_list_of_what_can_be_undone_is_bounded() -> None:
    stack = UndoStack()
    steps = [UndoStep(str(number), JOURNAL, Changes()) for number in range(300)]
    for step in steps:
        stack.push(step)
    undone = list(iter(stack.undo, None))
    assert undone == steps[:99:-1]
    assert list(iter(stack.redo, None)) == undone[::-1]
    stack.forget(steps[0])
