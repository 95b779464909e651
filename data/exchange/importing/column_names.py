"""What programs call the columns of their tables, by the field of a win that each is.

Names are folded, with blanks between their words; the first of a field is the likeliest. After exports of Airtable,
Asana, Daylio, GitHub, Google Forms, Jira, Linear, LinkedIn, Notion, Todoist, Toggl, Trello and several job trackers.
"""

from collections.abc import Mapping
from typing import Final

FIELDS: Final = ("date", "title", "verdict", "goal", "tags", "story", "opened_by", "id")
"""The fields of a win that a column can be: the columns of our own table, and what `--map` can name."""


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


KNOWN_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "done_on": _names(
        "completed on, completed at, completed date, date completed, completion date, completed, finish date, "
        "finished, finished on, finished at, closed at, closed, resolved, resolution date, resolutiondate, done on, "
        "done at, date done, done, erledigt am, erledigt, abgeschlossen, termine le, fecha de fin, finalizado"
    ),
    "date": _names(
        "happened on, full date, date, day, when, timestamp, datum, date and time, datetime, fecha, data, jour, dag, "
        "dia, giorno, start date, started on, started, connected on, application date, date applied, applied on, "
        "applied, last activity date, date last activity, last activity, end date, end, date added, added on, "
        "created at, created time, created on, created, creation date, date created, entry date, updated at, updated, "
        "event start, event date, zeitstempel, horodateur, marca temporal, "
        "informazioni cronologiche, tijdstempel, carimbo de data/hora, "
        "erstellt, erstellt am, issued on, ts"
    ),
    "title": _names(
        "win, small win, my win, title, what, what went right, what did you do, what did you achieve, note title, "
        "task name, card name, name, task, content, summary, subject, accomplishment, "
        "achievement, headline, what happened, event, activity, item, issue, titel, titre, titolo, titulo, aufgabe, "
        "was, erfolg, name der aufgabe, tarea, tarefa, tache, taak, text, description, job title, position, role, "
        "company name, company, note, notes, entry text"
    ),
    "verdict": _names("verdict, sorted, real or candy, kind"),
    "goal": _names(
        "goal, which goal, project, project name, list, list name, area, epic, ziel, projekt, objectif, objetivo, "
        "doel, obiettivo, progetto, proyecto, projeto, projet"
    ),
    "tags": _names(
        "tags, tag, labels, label, keywords, category, categories, kategorie, kategorien, activities, schlagworte, "
        "schlagworter, etiquetas, etiquettes, etichette, categoria, categorie, topic, topics, component, components, "
        "skill, skills, type of win"
    ),
    "story": _names(
        "story, notes, note, details, detail, body, description, card description, task description, comment, "
        "comments, why, impact, context, reflection, more, text, notizen, notiz, beschreibung, notas, nota, note text, "
        "commentaire, commentaires, notities, opmerkingen, descricao, descripcion, descrizione, result, outcome, "
        "questionandanswers, textcontent"
    ),
    "opened_by": _names("opened by, after, led by, parent"),
    "id": _names("id, uuid, key, issue key, task id, card id, guid, identifier"),
    "status": _names(
        "list name, list, status, state, done, completed, is completed, complete, checked, finished, due complete, "
        "due completed, erledigt, fertig"
    ),
}
"""A name may stand for several fields: each column is given to the first field that still needs one."""
_DONE: Final = frozenset(
    _names(
        "1, abgeschlossen, checked, closed, completado, completato, complete, completed, concluido, done, erledigt, "
        "fait, fatto, feito, fertig, fini, finished, fixed, gedaan, hecho, ja, klaar, merged, oui, released, resolved, "
        "shipped, si, sim, terminado, termine, true, verdadeiro, verdadero, vero, voltooid, vrai, waar, wahr, won, x, "
        "y, yes, ☑, ✅, ✓, ✔"
    )
)
_OPEN: Final = frozenset(
    _names(
        "0, a faire, a fazer, abandoned, backlog, bezig, blocked, canceled, cancelled, da fare, doing, dropped, "
        "duplicate, em andamento, en cours, en curso, falsch, false, falso, faux, geplant, in arbeit, in bearbeitung, "
        "in corso, in progress, in review, later, n, nao, nee, needsaction, nein, new, next, no, non, not done, "
        "not started, offen, on hold, onwaar, open, pendiente, pending, planned, por hacer, ready, reopened, review, "
        "selected for development, someday, started, te doen, to do, to-do, todo, triage, unchecked, unstarted, "
        "waiting, won't do, wont do, zu erledigen, ☐"
    )
)


def is_done(word: str) -> bool | None:
    """Return whether a folded word of a status column says done, or not yet; None where it says neither."""
    if word in _DONE:
        return True
    return False if word in _OPEN else None
