from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from data.model import edits
from data.model.journal import Journal
from data.model.records import Changes, Win
from data.search.filters import Filter
from data.search.query import AT_START, BATCH, IN_TEXT, IN_TITLE, Query, best_first, score_wins, short_text
from data.search.searcher import Searcher, SearchRequest, SearchResult

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def win(title: str, day: int = 20, story: str = "", tags: tuple[str, ...] = ()) -> Win:
    return edits.new_win(title, happened_on=date(2026, 11, day), now=NOW, story=story, tags=tags)


PANEL = win("Said yes to the Café panel", story="They asked twice.", tags=("Público",))


def test_a_title_beats_the_story_which_beats_likeness() -> None:
    scores = [Query.of(text).score(PANEL) for text in ("said yes", "panel cafe", "twice publico", "pannel")]
    assert scores[:3] == [AT_START, IN_TITLE, IN_TEXT]
    assert 80 <= scores[3] < IN_TEXT


@pytest.mark.parametrize("text", ["", "   ", "interview", "xyz", "panel interview"])
def test_what_is_not_there_is_not_found(text: str) -> None:
    assert Query.of(text).score(PANEL) == 0


def test_short_words_are_taken_as_they_are() -> None:
    assert Query.of("yas").score(PANEL) == 0
    assert Query.of("yes").score(PANEL) == IN_TITLE


def test_a_word_with_a_slip_is_found_beside_an_exact_one() -> None:
    assert Query.of("said pannel").score(PANEL) > 0


@given(st.text(max_size=30))
def test_every_title_is_found_by_itself(title: str) -> None:
    made = structs.replace(PANEL, title=title, story="", tags=())
    query = Query.of(title)
    assert query.score(made) > 0 or not query.words


def scores_of(text: str, wins: list[Win]) -> dict[str, float]:
    return score_wins(Query.of(text), wins, [short_text(one) for one in wins], lambda: False)


def test_every_match_is_found_among_many() -> None:
    wins = [win(f"Call {number}") for number in range(2500)]
    assert scores_of("call", [*wins, PANEL]).keys() == {one.id for one in wins}


def test_words_that_only_look_alike_are_found_while_there_are_few_others() -> None:
    few = [win(f"Recruiter {number}") for number in range(3)]
    slip = win("A recuiter rang")
    assert slip.id in scores_of("recruiter", [*few, slip])
    many = [win(f"Recruiter {number}") for number in range(30)]
    assert slip.id not in scores_of("recruiter", [*many, slip])


def test_twenty_wins_with_the_very_words_are_enough() -> None:
    wins = [*(win(f"Recruiter {number}") for number in range(20)), win("A recuiter rang")]
    assert len(scores_of("recruiter", wins)) == 20
    assert len(scores_of("recruiter", wins[1:])) == 20


def test_the_best_comes_first_and_equals_stay_in_order() -> None:
    wins = [win("a call"), win("call one"), win("call two"), PANEL]
    assert [one.title for one in best_first(wins, scores_of("call", wins))] == ["call one", "call two", "a call"]


def test_seeking_combines_filters_and_words_and_leaves_the_trash_alone() -> None:
    late, early = win("call late", 20), win("call early", 1)
    gone = structs.replace(win("call gone"), deleted_at=NOW)
    journal = Journal.of(late, early, PANEL).apply(Changes(put=(gone,)))
    sought = SearchRequest(Filter(since=date(2026, 11, 10)), Query.of("call"))
    found = Searcher().search(journal, sought)
    assert found is not None
    assert found.wins == [late]
    assert found.relaxed == ()
    assert sought.score(gone) == sought.score(early) == 0


def test_when_nothing_is_left_each_part_says_what_would_be_there_without_it() -> None:
    journal = Journal.of(win("call", 1), win("letter", 20))
    found = Searcher().search(journal, SearchRequest(Filter(since=date(2026, 11, 10), tag="people"), Query.of("call")))
    assert found is not None
    assert found.relaxed == (("period", 0), ("tag", 0), ("search", 0))
    found = Searcher().search(journal, SearchRequest(Filter(since=date(2026, 11, 10)), Query.of("call")))
    assert found is not None
    assert found.relaxed == (("period", 1), ("search", 1))


def test_a_search_that_is_stopped_gives_nothing() -> None:
    journal = Journal.of(*(win(f"call {number}") for number in range(30)))
    assert Searcher().search(journal, SearchRequest(query=Query.of("call")), lambda: True) is None


def test_a_search_that_is_stopped_at_any_moment_gives_nothing_and_spoils_nothing() -> None:
    journal = Journal.of(*(win(f"call {number}") for number in range(BATCH + 1)))
    for text in ("call", "letter"):
        searcher, sought = Searcher(), SearchRequest(Filter(until=date(2026, 11, 20)), Query.of(text))
        whole, asked, done = Searcher().search(journal, sought), 0, None
        while done is None:
            asked += 1
            done = searcher.search(journal, sought, iter([*[False] * asked, *[True] * 99]).__next__)
        assert done == whole
        assert asked > 2


def test_every_win_of_more_than_one_batch_is_looked_at() -> None:
    journal = Journal.of(*(win(f"call {number}") for number in range(2 * BATCH)), win("letter", 1))
    found = Searcher().search(journal, SearchRequest(query=Query.of("letter")))
    assert found is not None
    assert [one.title for one in found.wins] == ["letter"]


class Typed(Query, frozen=True):
    """A query during which something happens, such as a letter more."""

    then: Callable[[], object]

    def exact(self, win: Win, short: str) -> float:
        """Let it happen, then say the same."""
        self.then()
        return super().exact(win, short)


def test_a_search_during_which_another_is_asked_for_is_dropped() -> None:
    journal, searcher = Journal.of(win("call"), win("letter")), Searcher()
    told: list[SearchRequest] = []
    last = SearchRequest(query=Query.of("letter"))
    first = SearchRequest(query=Typed(("call",), lambda: searcher.request(journal, last)))
    assert searcher.request(journal, first)
    searcher.run(lambda _, sought, __: told.append(sought))
    assert told == [last]


def test_only_the_newest_of_several_searches_is_told() -> None:
    journal = Journal.of(win("call"), win("letter"))
    searcher = Searcher()
    told: list[tuple[SearchRequest, SearchResult]] = []
    first, last = SearchRequest(query=Query.of("call")), SearchRequest(query=Query.of("letter"))
    assert searcher.request(journal, first)
    assert not searcher.request(journal, last)
    searcher.run(lambda _, sought, found: told.append((sought, found)))
    assert [(sought, [one.title for one in found.wins]) for sought, found in told] == [(last, ["letter"])]
    assert searcher.request(journal, first)


def test_a_journal_that_changed_is_looked_through_anew() -> None:
    journal = Journal.of(win("call"))
    searcher = Searcher()
    sought = SearchRequest(query=Query.of("letter"))
    assert searcher.search(journal, sought) is not None
    found = searcher.search(journal.apply(Changes(put=(win("letter"),))), sought)
    assert found is not None
    assert [one.title for one in found.wins] == ["letter"]


def test_without_anything_sought_all_are_shown_the_newest_first() -> None:
    early, late = win("one", 1), win("two", 2)
    found = Searcher().search(Journal.of(early, late), SearchRequest())
    assert found is not None
    assert found.wins == [late, early]


def test_words_that_are_partly_in_the_title_are_found_by_all_of_the_text() -> None:
    told = win("Panel", story="À Zoë they asked", tags=("talk",))
    assert Query.of("panel zoe").score(told) == IN_TEXT
    assert Query.of("panel talk").score(told) == IN_TEXT
    assert Query.of("zoe thrice").exact(told, short_text(told)) == 0
    assert Query.of("").exact(told, short_text(told)) == 0


def test_a_short_word_beside_a_slip_has_to_be_there() -> None:
    assert Query.of("yes pannel").score(PANEL) > 0
    assert Query.of("yas pannel").score(PANEL) == 0
    assert Query.of("said pannel").score(PANEL) <= 100
    assert Query.of("the pannel").score(win("He joined a panel")) == 0  # though "he" is most of "the"
    assert Query.of("jobs").score(win("Had a job")) > 0


def test_what_is_sought_is_told_apart_from_nothing_and_eased_part_by_part() -> None:
    day = date(2026, 11, 20)
    wanted = Filter(since=day, until=day, goal="g", tag="t")
    sought = SearchRequest(wanted, Query.of("word"))
    assert [bool(one) for one in (SearchRequest(), SearchRequest(wanted), SearchRequest(query=Query.of("word")))] == [
        False,
        True,
        True,
    ]
    assert sought.without("period").filter == Filter(goal="g", tag="t")
    assert sought.without("goal").filter == Filter(since=day, until=day, tag="t")
    assert sought.without("tag").filter == Filter(since=day, until=day, goal="g")
    assert sought.without("search") == SearchRequest(wanted)
    assert set(sought.criteria()) == {"search", "period", "goal", "tag"}
    assert SearchRequest(Filter(tag="people")).score(win("A", tags=("people",))) > 0


def test_a_search_that_is_stopped_ends() -> None:
    wins = [win(f"Win {n}") for n in range(3)]
    assert score_wins(Query.of("win"), wins, [short_text(one) for one in wins], lambda: True) == {}
