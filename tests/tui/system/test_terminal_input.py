from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.system.terminal_input import PastedText, TerminalInput, Token

PATIENCE = 0.1


def taken(*sent: str, apart: float = 0.04, ahead: bool = False) -> list[Token]:
    """Return what is made of pieces that come some seconds apart, and of a long silence after them."""
    terminal = TerminalInput(PATIENCE)
    now, tokens = 10.0, []
    for piece in sent:
        tokens += terminal.feed(piece, now, ahead=ahead)
        for _ in range(4):
            now += apart / 4
            tokens += terminal.tick(now)
    return tokens + terminal.tick(now + 10) + terminal.tick(now + 20)


def text_of(tokens: list[Token]) -> str:
    """Return the letters among tokens, typed or pasted."""
    return "".join(token.text if isinstance(token, PastedText) else token for token in tokens)


def test_keys_and_sequences_come_whole() -> None:
    assert taken("j\x1b[A\x1bOP\x13\x1b[<0;5;6M") == ["j", "\x1b[A", "\x1bOP", "\x13", "\x1b[<0;5;6M"]


def test_escape_alone_is_a_key_once_nothing_more_comes() -> None:
    assert taken("\x1b", apart=0.2) == ["\x1b"]
    assert taken("\x1b", "[A") == ["\x1b[A"]


def test_a_paste_is_one_text_wherever_it_is_cut() -> None:
    whole = "\x1b[200~Hello\nto you\x1b[201~"
    for place in range(1, len(whole)):
        for apart in (0.04, 0.08):
            assert taken(whole[:place], whole[place:], apart=apart) == [PastedText("Hello\nto you")], place


def test_a_paste_whose_end_never_comes_keeps_its_text_and_the_keyboard() -> None:
    assert taken("\x1b[200~Hello", "j", "\x11", apart=1) == [PastedText("Hello"), "j", "\x11"]
    assert taken("\x1b[200~Hello\x1b[20", "Z", apart=1) == [PastedText("Hello"), "Z"]


def test_the_rest_of_a_late_paste_is_text_and_no_key() -> None:
    assert taken("\x1b[200~Hel", "lo\x1b[201~", "j", apart=1) == [PastedText("Hel"), PastedText("lo"), "j"]
    assert taken("\x1b[200~Hello\x1b[20", "1~", "j", apart=1) == [PastedText("Hello"), "j"]


def test_ctrl_q_behind_an_open_paste_is_a_key() -> None:
    for quits in ("\x11", "\x1b[113;5u", "\x1b[27;5;113~"):
        assert taken(f"\x1b[200~Hello{quits}") == [PastedText("Hello"), "\x11"]
        assert taken("\x1b[200~Hello", quits) == [PastedText("Hello"), "\x11"]


def test_a_burst_that_no_hand_types_is_a_paste() -> None:
    assert taken("Dear recruiter, call\n") == [PastedText("Dear recruiter, call\n", marked=False)]
    assert taken("Dear recr", "uiter", apart=0.01) == [
        PastedText(part, marked=False) for part in ("Dear recr", "uiter")
    ]
    assert taken("aab\r") == ["aab\r"]
    assert taken("jjjjjjjjjjjjjjjj") == ["jjjjjjjjjjjjjjjj"]
    assert taken("aWrote a thing\rq", ahead=True) == ["aWrote a thing\rq"]


def test_keys_of_modify_other_keys_are_what_they_are() -> None:
    assert taken("\x1b[27;5;115~") == ["\x1b[115;5u"]
    assert taken("\x1b[27;6;83~") == ["\x1b[115;6u"]
    assert taken("\x1b[27;2;65~") == ["A"]
    assert taken("\x1b[27;2;13~") == ["\x1b[13;2u"]
    assert taken("\x1b[65;2u") == ["A"]
    assert taken("\x1b[57358;2u") == ["\x1b[57358;2u"]


def test_side_buttons_sizes_and_answers_that_nobody_asked_for_are_nothing() -> None:
    assert taken("\x1b[<128;5;5M\x1b[<0;5;5M") == ["\x1b[<0;5;5M"]
    assert taken("\x1b[48;36;120;0;0t\x1b[?2048;2$y") == []
    assert taken("\x1b]11;rgb:00/00/00\x07\x1bP1$r0m\x1b\\j") == ["j"]


def test_a_sequence_that_is_broken_off_takes_no_other_key_with_it() -> None:
    assert taken("\x1b[12\x11") == ["\x11"]
    assert taken("\x1b[" + "9" * 500, "\x11", apart=3)[-1] == "\x11"


_PIECES = st.lists(
    st.one_of(
        st.text(st.characters(codec="utf-8"), max_size=12),
        st.sampled_from(
            ["\x1b", "\x1b[", "\x1b[200~", "\x1b[201~", "\x1b[20", "0~", "1~", "\x1b[<0;1", ";1M", "\x1bO", "A"]
        ),
    ),
    max_size=12,
)


@given(_PIECES)
def test_after_anything_ctrl_q_is_a_key(pieces: list[str]) -> None:
    assert taken(*pieces, "\x11", apart=0.2).count("\x11") >= 1


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40), st.lists(st.integers(0, 60))
)
def test_nothing_of_a_paste_is_lost_or_added_in_whatever_pieces(text: str, cuts: list[int]) -> None:
    whole = f"\x1b[200~{text}\x1b[201~"
    places = sorted({0, len(whole), *(cut for cut in cuts if cut < len(whole))})
    pieces = [whole[start:end] for start, end in pairwise(places)]
    assert text_of(taken(*pieces)) == text
    assert all(isinstance(token, PastedText) for token in taken(*pieces))
