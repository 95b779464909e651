"""Proof as others see it: on the sheet, in the bank of stories, in the lines of a résumé."""

import re

import pytest
from msgspec import structs

from data.exchange.evidence.told import is_web_address
from data.exchange.registry import Export, write_format
from data.files.settings import Settings
from data.model.edits import new_goal, new_win
from data.model.journal import Journal
from data.model.records import NO_PROOF, Answers, Lookback, Proof, Verdict, Win, with_proof
from data.search.filters import Filter
from tests.data.exchange.evidence.test_sheet import HOSTILE, Page
from tests.support.import_runner import NOW, TODAY

PROOF = Proof(
    situation="Two designers had left.",
    task="Ship the report by Friday.",
    action="I called all twelve customers.",
    result="Nine stayed.",
    learned="Ask before the deadline.",
    link="https://example.org/talk?a=1&b=2",
)
KINDS = ("html", "md", "stories", "bullets")


def real(title: str, proof: Proof = NO_PROOF, **fields: object) -> Win:
    win = structs.replace(new_win(title, happened_on=TODAY, now=NOW), verdict=Verdict.REAL, **fields)
    return with_proof(win, proof)


def written(kind: str, *wins: Win, verdict: str | None = "real", name: str = "") -> str:
    journal = Journal.of(new_goal("Climate work", NOW), *wins)
    export = Export(journal=journal, wanted=Filter(verdict=verdict), today=TODAY, settings=Settings(name=name))  # type: ignore[arg-type]
    return write_format(kind).write(export)


@pytest.mark.parametrize("kind", ["html", "md", "stories"])
def test_a_story_is_told_in_its_order_and_with_its_link(kind: str) -> None:
    text = written(kind, real("Talk", PROOF))
    words = re.sub(r"[*\\]|<[^>h][^>]*>", "", text)
    places = [words.find(part) for part in structs.asdict(PROOF).values() if not part.startswith("https")]
    assert -1 not in places
    assert places == sorted(places)
    assert ("https://example.org/talk?a=1&b=2" in text) or ("https://example.org/talk?a=1&amp;b=2" in text)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("verdict", [Verdict.CANDY, None])
def test_proof_is_told_of_real_wins_alone(kind: str, verdict: Verdict | None) -> None:
    text = written(kind, structs.replace(real("Talk", PROOF), verdict=verdict), verdict=None)
    assert "Talk" in text
    assert "twelve customers" not in text
    assert "example.org" not in text


def test_what_was_not_told_is_not_named() -> None:
    html = written("html", real("Talk", Proof(action="I called.")))
    assert "Action" in html
    assert not {"Situation", "Result", "Link"} & set(Page(html).words)
    assert "<dl class" not in written("html", real("Talk"))


def test_a_line_of_a_resume_says_what_was_done_and_then_what_came_of_it() -> None:
    assert "- Called all twelve customers. Nine stayed (Dec 2026)" in written("bullets", real("Talk", PROOF))
    assert "- Talk. Nine stayed (Dec 2026)" in written("bullets", real("Talk", Proof(result="Nine stayed.")))
    told = real("Talk", Proof(action="I called."))
    later = real("Call", opened_by=told.id)
    assert "- Called, which opened 1 door (Dec 2026)" in written("bullets", told, later)


def test_the_bank_begins_with_the_most_proof_then_doors_then_stretch() -> None:
    proven, opened = real("Proven", PROOF), real("Opened")
    wins = [
        real("Easy", answers=Answers(stretch=1, growth=1)),
        real("Brave", answers=Answers(stretch=5, growth=5)),
        real("Held", lookbacks=(Lookback(on=TODAY, verdict=Verdict.REAL),)),
        opened,
        real("Half", Proof(action="x", result="y"), opened_by=opened.id),
        proven,
    ]
    headings = re.findall(r"^## (.*)", written("stories", *wins), flags=re.MULTILINE)
    assert headings == ["Proven", "Half", "Opened", "Held", "Brave", "Easy"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_proof_is_shown_and_never_obeyed(kind: str) -> None:
    told = real("Talk", Proof(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, 'javascript:alert(1)//"onclick="x'))
    text = written(kind, told, name=HOSTILE)
    if kind == "html":
        page = Page(text)
        assert "script" not in page.tags
        assert not [name for name, _ in page.attributes if name in ("onclick", "href")]
        assert HOSTILE in "".join(page.words)
    else:
        assert "<javascript:" not in text
        assert "<script>" not in text.replace("\\<", "")


@pytest.mark.parametrize(
    ("link", "safe"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://localhost", True),
        ("HTTPS://EXAMPLE.ORG", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://a b", False),
        ("https://a>b", False),
        ("example.org", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_web_are_links(link: str, safe: bool) -> None:  # noqa: FBT001 - a table
    assert is_web_address(link) is safe
    assert ("<a href=" in written("html", real("Talk", Proof(link=link)))) is safe


def test_the_persons_name_stands_on_top_if_they_gave_one() -> None:
    assert written("md", real("Talk"), name=" Ada  Byron ").startswith("# Real wins\n\nAda Byron  \n")
    html = written("html", real("Talk"), name="Ada Byron")
    assert html.index("Ada Byron</p>") < html.index("<h1>")
    assert "<title>Ada Byron: Real wins" in html
    assert 'class="name"' not in written("html", real("Talk"))


def test_a_story_names_what_led_to_it_and_what_it_opened_where_there_is_such() -> None:
    coffee = real("Coffee")
    talk = real("Talk", opened_by=coffee.id)
    said = written("stories", coffee, talk)
    assert said.count("What led to it: Coffee") == said.count("What it opened: Talk") == 1
    assert said.count("- What") == 2
