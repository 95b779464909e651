"""Keys by their place on the keyboard, for who types in another alphabet than the keys are named in."""

import unicodedata
from typing import Final

from textual.keys import KEY_NAME_REPLACEMENTS

_ROWS: Final = (
    (
        "йцукенгшщзхъфывапролджэячсмитьбюё",
        "qwertyuiop[]asdfghjkl;'zxcvbnm,.`",
    ),  # Russian, and others
    ("іїєўґ", "s]'o\\"),  # Ukrainian, Belarusian
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),  # Greek
    ("קראטוןםפשדגכעיחלךףזסבהנמצתץ", "ertyuiopasdfghjkl;zxcvbnm,."),  # Hebrew
    ("ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ", "qwertyuiop[]asdfghjkl;'zxcvnm,./"),  # Arabic
)
_PLACES: Final = {letter: place for letters, places in _ROWS for letter, place in zip(letters, places, strict=True)}


def place_of(letter: str) -> str | None:
    """Return the sign on the same key of a Latin keyboard, or None for a letter whose key is not known."""
    place = _PLACES.get(letter.lower())
    if place is None or letter == letter.lower():
        return place
    return place.upper() if place.isalpha() else None


def in_place(key: str) -> str:
    """Return a key with ctrl or alt by its place on a Latin keyboard, such as "ctrl+q" for "ctrl+й"; others as it is.

    Terminals of the kitty protocol send the letter of the layout, and ctrl+q must work in all of them.
    """
    held, _, letter = key.rpartition("+")
    place = place_of(letter) if held and len(letter) == 1 and not letter.isascii() else None
    return f"{held}+{key_name(place)}" if place is not None else key


def key_name(sign: str) -> str:
    """Return Textual's name of the key with a sign, such as "left_square_bracket"."""
    if sign.isalnum():
        return sign
    name = unicodedata.name(sign).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)
