from datetime import UTC, date, datetime

from msgspec import structs

from data.model import edits
from data.model.journal import Journal
from data.model.records import Win
from data.review.naming_doors import later_wins, name_door

NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)


def win(title: str, day: int, opened_by: str | None = None) -> Win:
    return edits.new_win(title, happened_on=date(2026, 11, day), now=NOW, opened_by=opened_by)


def test_later_wins_that_no_win_opened_yet_are_offered_the_newest_first() -> None:
    coffee, call, talk, earlier = win("Coffee", 10), win("Call", 12), win("Talk", 14), win("Earlier", 2)
    taken = win("Taken", 15, opened_by=earlier.id)
    assert later_wins(Journal.of(coffee, call, talk, earlier, taken), coffee) == [talk, call]


def test_a_door_in_words_answers_the_question_and_none_leaves_it_open() -> None:
    coffee, talk = win("Coffee", 10), win("Talk", 14)
    journal = Journal.of(coffee, talk)
    said = journal.apply(name_door(coffee.id, " a  call ", None, NOW)(journal)).wins[coffee.id]
    assert (said.door_note, said.answers.door) == ("a call", 5)
    linked = journal.apply(name_door(coffee.id, "", talk.id, NOW)(journal))
    assert linked.wins[talk.id].opened_by == coffee.id
    assert linked.wins[coffee.id] == structs.replace(coffee, updated_at=linked.wins[coffee.id].updated_at)
