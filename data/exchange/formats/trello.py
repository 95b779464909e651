"""Trello (https://trello.com): the JSON of a board. A card that is ticked, or in a list of what is done, is a win."""

from typing import Any, Final

from data.base.text import fold
from data.exchange.importing.column_names import is_done
from data.exchange.importing.entry import ImportEntry, ImportItem, ReadFormat, Reading, ReadOptions, Skipped
from data.exchange.importing.foreign_dates import DayReader
from data.exchange.importing.foreign_json import JsonObject, as_text, decode_json, list_of, read_each, tag_list
from data.exchange.importing.source import Source


def _detects(_: Source, found: object) -> bool:
    return isinstance(found, dict) and isinstance(found.get("cards"), list) and isinstance(found.get("lists"), list)


def _read(source: Source, options: ReadOptions) -> Reading:
    board = decode_json(source)
    board = board if isinstance(board, dict) else {}
    done = {as_text(one.get("id")) for one in _objects(board.get("lists")) if _means_done(as_text(one.get("name")))}
    arrived = _arrivals(board)
    days = DayReader(options)
    return read_each(list_of(board.get("cards"), "cards"), lambda line, card: _item(line, card, done, arrived, days))


def _objects(value: object) -> list[JsonObject]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _means_done(name: str) -> bool:
    """Return whether the name of a list means done: "Done", "Done ✅", "🎉 Done this week"."""
    return any(is_done(word) for word in fold(name).replace("!", " ").split())


def _arrivals(board: JsonObject) -> dict[tuple[str, str], str]:
    """Return when each card came into a list, by both their ids; the newest, which a board tells first, counts."""
    found: dict[tuple[str, str], str] = {}
    for action in _objects(board.get("actions")):
        data: Any = action.get("data")
        data = data if isinstance(data, dict) else {}
        card, after = data.get("card"), data.get("listAfter")
        if isinstance(card, dict) and isinstance(after, dict):
            found.setdefault((as_text(card.get("id")), as_text(after.get("id"))), as_text(action.get("date")))
    return found


def _item(
    line: int, card: JsonObject, done: set[str], arrived: dict[tuple[str, str], str], days: DayReader
) -> ImportItem:
    place = as_text(card.get("idList"))
    if place not in done and card.get("dueComplete") is not True:
        return Skipped(line, "not done")
    moment = arrived.get((as_text(card.get("id")), place)) or card.get("dateCompleted") or card.get("dateLastActivity")
    return ImportEntry(
        line=line,
        title=as_text(card.get("name")),
        day=days.read(moment),
        moment=str(moment),
        story=as_text(card.get("desc")),
        tags=tag_list(card.get("labels")),
        source=as_text(card.get("id")),
    )


TRELLO: Final = ReadFormat("trello", "Trello JSON", _detects, _read)
