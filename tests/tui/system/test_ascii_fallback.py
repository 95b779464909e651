import codecs
import re
from pathlib import Path

import pytest

from tui.__main__ import _STANDS_IN
from tui.system.ascii_fallback import stand_in
from widgets.base.cells import cells

ROOT = Path(__file__).parents[3]
codecs.register_error(_STANDS_IN, stand_in)


def test_every_mark_of_the_program_has_a_stand_in() -> None:
    shown = ("tui", "widgets", "data/base/formatting.py", "data/figures", "data/review")  # the rest of data only reads
    paths = [path for name in shown for path in (ROOT / name).rglob("*.py")] + [ROOT / shown[2]]
    sources = [path.read_text() for path in paths]
    marks = {char for text in sources for char in re.findall(r"[^\x00-\x7f]", text)}
    assert len(marks) > 50
    assert not [mark for mark in marks if not mark.isalpha() and mark.encode("ascii", _STANDS_IN) == b"?"]


@pytest.mark.parametrize("text", ["日本", "cafe\u0301", "Ä", "─│┌┘", "①", "\U0001f389", "“a” – b…"])
def test_a_stand_in_is_as_wide_as_what_it_stands_for(text: str) -> None:
    assert len(text.encode("ascii", _STANDS_IN)) == cells(text)


def test_real_and_candy_are_told_apart_without_their_marks() -> None:
    assert "◆".encode("ascii", _STANDS_IN) != "◇".encode("ascii", _STANDS_IN)


def test_reading_is_none_of_its_business() -> None:
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", _STANDS_IN)
