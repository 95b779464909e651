"""What a person can set; read from `config.toml`, with defaults for the rest."""

from msgspec import Struct


class Settings(Struct, frozen=True, kw_only=True):
    """The settings.

    Attributes:
        week_start: 0 for Monday, 6 for Sunday, as `date.weekday()` has it.
        half_life: Half-life of momentum, in weeks.
        lookback_weeks: Weeks after a verdict when a look-back comes due.
        review_day: The weekday of the review, 0 for Monday; 4, Friday, by default.
        follow: Whether the focus goes with a card that moves, or stays to sort the next one.
        theme: The name of a theme.
    """

    week_start: int = 0
    half_life: float = 4.0
    lookback_weeks: tuple[int, ...] = (4, 12)
    review_day: int = 4
    follow: bool = True
    theme: str = "smallwins-dark"
