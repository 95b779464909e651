"""Proof: what makes a real win a story for an interview, and the questions that ask for it, one at a time."""

from datetime import datetime
from typing import Final, Literal

from msgspec import Struct, structs

from data.base.text import TITLE_LIMIT, accept_line, clean_line
from data.model import edits
from data.model.journal import Edit, Journal
from data.model.records import Changes, Proof, Verdict, Win, proof_of, with_proof

PartName = Literal["situation", "task", "action", "result", "learned", "link"]
LINK_LIMIT: Final = 2_000
"""Characters in a link."""


class ProofPart(Struct, frozen=True):
    """One part of proof.

    Attributes:
        name: Its name in `Proof`.
        word: What it is called on screen.
        question: What asks for it.
        hint: What an answer may be.
    """

    name: PartName
    word: str
    question: str
    hint: str


PROOF_PARTS: Final = (
    ProofPart("situation", "Situation", "What was the situation?", "e.g. two designers had left"),
    ProofPart("task", "Task", "What did you have to do?", "e.g. ship the report by Friday"),
    ProofPart("action", "Action", "What did you do, yourself?", "e.g. I called all twelve customers"),
    ProofPart("result", "Result", "What came of it?", "e.g. nine stayed, in a number if there is one"),
    ProofPart("learned", "Learned", "What did you learn?", "e.g. ask before the deadline, not after"),
    ProofPart("link", "Link", "Where can it be seen?", "e.g. https://example.org/talk"),
)
"""In the order in which a story is told."""
_ASKED_FIRST: Final = ("action", "result", "situation", "task", "learned", "link")
"""Stories in interviews are thin in action and result (Bangerter, Corvalan, Cavin 2014), so these come first."""


def next_proof_question(win: Win) -> ProofPart | None:
    """Return the part to ask for next, or None where nothing is to be asked.

    Only a real win that survived its last look-back is asked about, and only for what is missing. How often, and what
    was skipped, is for the caller to say.
    """
    if win.verdict is not Verdict.REAL or not win.lookbacks or win.lookbacks[-1].verdict is not Verdict.REAL:
        return None
    missing = {part.name: part for part in PROOF_PARTS if not getattr(proof_of(win), part.name)}
    return next((missing[name] for name in _ASKED_FIRST if name in missing), None)


def told_parts(proof: Proof) -> int:
    """Return how many parts of a story were told; the link is none of them."""
    return sum(bool(getattr(proof, part.name)) for part in PROOF_PARTS if part.name != "link")


def accept_part(name: PartName, words: str) -> str:
    """Clean what a person gave for one part; nothing is fine.

    Raises:
        NotAllowedError: It is too long.
    """
    line = clean_line(words)
    return accept_line(line, name, LINK_LIMIT if name == "link" else TITLE_LIMIT) if line else ""


def accept_proof(proof: Proof) -> Proof:
    """Clean proof that a person gave.

    Raises:
        NotAllowedError: A part is too long.
    """
    return Proof(**{part.name: accept_part(part.name, getattr(proof, part.name)) for part in PROOF_PARTS})


def clean_proof(proof: Proof) -> Proof:
    """Return proof with nothing in it that a terminal would obey."""
    return Proof(**{part.name: clean_line(getattr(proof, part.name)) for part in PROOF_PARTS})


def tell_part(identity: str, part: PartName, words: str, now: datetime) -> Edit:
    """Return the edit that tells one part of a win's proof; other parts stay as the journal has them by then.

    Raises:
        NotAllowedError: The words are too many.
    """
    line = accept_part(part, words)
    return _proof_edit(identity, {part: line}, now)


def set_proof(identity: str, before: Proof, after: Proof, now: datetime) -> Edit:
    """Return the edit that sets the parts in which two proofs differ, as a form does.

    Raises:
        NotAllowedError: A part is too long.
    """
    accepted, known = structs.asdict(accept_proof(after)), structs.asdict(before)
    return _proof_edit(identity, {name: words for name, words in accepted.items() if words != known[name]}, now)


def _proof_edit(identity: str, parts: dict[str, str], now: datetime) -> Edit:
    def edit(journal: Journal) -> Changes:
        win = edits.get_win(journal, identity)
        after = with_proof(win, structs.replace(proof_of(win), **parts))
        return Changes(put=(structs.replace(after, updated_at=now),) if after != win else ())

    return edit
