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


def key_name(sign: str) -> str:
    """Return Textual's name of the key with a sign, such as "left_square_bracket"."""
    if sign.isalnum():
        return sign
    name = unicodedata.name(sign).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)
