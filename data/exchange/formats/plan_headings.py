"""Headings of notes below which plans stand: what is still to come is not a win."""

from typing import Final

from data.base.text import fold

_NAMES: Final = (
    "next; next steps; next step; tomorrow; next week; next month; next year; goals; plan; plans; planned; "
    "to do; todo; todos; to-do; to-dos; tasks; upcoming; someday; backlog; in progress; doing; blocked; "
    "blockers; agenda; morgen; ziele; nachste schritte; nachste woche; plane; geplant; offen; aufgaben; demain; "
    "objectifs; prochaines etapes; a faire; manana; objetivos; proximos pasos; pendientes; domani; obiettivi; "
    "prossimi passi; da fare; doelen; volgende stappen; te doen; amanha; proximos passos; a fazer"
)
_BEGINNINGS: Final = ("goals for ", "plans for ", "plan for ", "next steps ", "ziele fur ", "objectifs pour ")


def announces_plans(heading: str) -> bool:
    """Return whether a heading, in English, German, French, Spanish, Italian, Dutch or Portuguese, is one of plans."""
    folded = fold(heading)
    return folded in _NAMES.split("; ") or folded.startswith(_BEGINNINGS)
