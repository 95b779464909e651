"""What may matter to a person about a goal: a short list to choose from, and how it becomes a part of their why.

A few values chosen from a list, and some words on why, are what value affirmation asks for (Cohen & Sherman 2014,
https://doi.org/10.1146/annurev-psych-010213-115137).
"""

from collections.abc import Sequence
from typing import Final

from data.base.formatting import capitalise

GOAL_VALUES: Final = (
    "learning",
    "freedom",
    "helping",
    "making",
    "family",
    "friends",
    "health",
    "nature",
    "fairness",
    "courage",
    "security",
    "mastery",
)
"""Each is one word, so that all of them stand beside each other."""
MOST_VALUES: Final = 3
"""The most that are chosen: more would say nothing."""


def write_why(values: Sequence[str], words: str) -> str:
    """Return a why: the values as a line of their own, such as "Learning, freedom.", then the words."""
    named = f"{capitalise(', '.join(values))}." if values else ""
    return "\n".join(filter(None, (named, words)))
