"""The two themes of our own, and what real and candy look like in everyone else's.

The only place with colours in figures. Every other file speaks of theme variables; `$real` and `$candy` are ours.
"""

from typing import Final

from textual.theme import BUILTIN_THEMES, Theme

_REAL: Final = "real"
_CANDY: Final = "candy"

DARK_THEME: Final = Theme(
    name="smallwins-dark",
    dark=True,
    primary="#7FB4CA",
    secondary="#8A93A6",
    accent="#E6C384",
    warning="#E6A86C",
    error="#E06C75",
    success="#8FC58F",
    foreground="#D8DBE2",
    background="#15181E",
    surface="#1B1F27",
    panel="#262B35",
    variables={
        _REAL: "#8FC58F",
        _CANDY: "#E79CC0",
        "footer-background": "#15181E",
        "footer-key-foreground": "#E6C384",
        "footer-description-foreground": "#8A93A6",
        "block-cursor-text-style": "bold",
        "scrollbar": "#667287",
        "scrollbar-hover": "#7A869B",
        "scrollbar-active": "#7FB4CA",
        "scrollbar-background": "#15181E",
        "scrollbar-background-hover": "#15181E",
        "scrollbar-background-active": "#15181E",
        "scrollbar-corner-color": "#15181E",
    },
)

LIGHT_THEME: Final = Theme(
    name="smallwins-light",
    dark=False,
    primary="#2B6C8F",
    secondary="#586276",
    accent="#8A5A00",
    warning="#9A5B00",
    error="#B3261E",
    success="#27702C",
    foreground="#22262E",
    background="#FBFAF7",
    surface="#F3F1EC",
    panel="#E7E4DC",
    variables={
        _REAL: "#27702C",
        _CANDY: "#B0357A",
        "footer-background": "#FBFAF7",
        "footer-key-foreground": "#8A5A00",
        "footer-description-foreground": "#586276",
        "block-cursor-text-style": "bold",
        "scrollbar": "#88847A",
        "scrollbar-hover": "#6F6B62",
        "scrollbar-active": "#2B6C8F",
        "scrollbar-background": "#FBFAF7",
        "scrollbar-background-hover": "#FBFAF7",
        "scrollbar-background-active": "#FBFAF7",
        "scrollbar-corner-color": "#FBFAF7",
    },
)

OWN_THEMES: Final = (DARK_THEME, LIGHT_THEME)


def known_themes() -> frozenset[str]:
    """Return the names of the themes that can be chosen."""
    return frozenset(BUILTIN_THEMES) | {theme.name for theme in OWN_THEMES}


def verdict_colours(theme: Theme) -> dict[str, str]:
    """Return `$real` and `$candy` for a theme that does not name them, so that any theme can be chosen."""
    if theme.ansi:
        return {_REAL: "ansi_green", _CANDY: "ansi_magenta"}
    return {_REAL: "#8FC58F", _CANDY: "#E79CC0"} if theme.dark else {_REAL: "#27702C", _CANDY: "#B0357A"}
