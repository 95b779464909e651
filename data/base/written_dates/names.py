"""The names of months and weekdays in English, German, French, Spanish, Italian, Dutch and Portuguese."""

from functools import cache
from typing import Final

from data.base.text import fold

_MONTHS: Final = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
)
_MORE_MONTHS: Final = {"janner": 1, "feber": 2, "maerz": 3, "mrz": 3, "mrt": 3, "setiembre": 9}
_WEEKDAYS: Final = (
    "monday tuesday wednesday thursday friday saturday sunday",
    "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lunes martes miércoles jueves viernes sábado domingo",
    "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "segunda terça quarta quinta sexta sábado domingo",
)
_MORE_WEEKDAYS: Final = {
    "sonnabend": 5,
    **dict(zip(("mo", "di", "mi", "do", "fr", "sa", "so"), range(7), strict=True)),
    "wo": 2,
    "vr": 4,
    "za": 5,
    "zo": 6,
    "we": 2,
    "su": 6,
}
_SHORTEST: Final = 3
"""The fewest letters that stand for a whole name."""


@cache
def month_numbers() -> dict[str, int]:
    """Return the month, 1 to 12, of each folded name and of each abbreviation that can mean one month only."""
    return {name: place + 1 for name, place in _abbreviated(_MONTHS).items()} | _MORE_MONTHS


@cache
def weekday_numbers() -> dict[str, int]:
    """Return the weekday, 0 for Monday, of each folded name and of each abbreviation that can mean one only."""
    return _abbreviated(_WEEKDAYS) | _MORE_WEEKDAYS


def _abbreviated(languages: tuple[str, ...]) -> dict[str, int]:
    """Return the place of every name and of its beginnings, but for those that names in two places share."""
    places: dict[str, set[int]] = {}
    names = [(place, fold(name)) for names in languages for place, name in enumerate(names.split())]
    for place, name in names:
        for end in range(_SHORTEST, len(name) + 1):
            places.setdefault(name[:end], set()).add(place)
    whole = {name: place for place, name in names}
    return {name: found.pop() for name, found in places.items() if len(found) == 1} | whole
