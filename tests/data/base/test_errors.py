"""What an error says is read by a person."""

import pytest

from data.base.errors import LoopError, SmallWinsError


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (SmallWinsError("It is gone."), "It is gone."),
        (SmallWinsError("It is gone.", "Look again."), "It is gone. Look again."),
        (LoopError("It would open itself.", "Choose another.", ("a",)), "It would open itself. Choose another."),
    ],
)
def test_an_error_is_what_happened_and_what_to_do_without_a_space_too_many(error: SmallWinsError, said: str) -> None:
    assert str(error) == said
