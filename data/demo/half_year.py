"""A made-up half-year to look around in, the same every time: `data.demo.story`, played week by week.

It is built with the same edits that a person makes, so that decisions, evidence and look-backs are what the app would
have kept.
"""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final, TypeVar
from uuid import UUID

from msgspec import structs

from data.base.weeks import WEEK, week_of
from data.demo.story import DEMO_GOALS, DEMO_NOTES, DEMO_PROOF, DEMO_STEPS, SCENES, Scene
from data.model import edits
from data.model.assessment import QUESTIONS
from data.model.journal import Edit, Journal
from data.model.records import NO_PROOF, Record, Win, with_proof
from data.model.verdict_scale import judgement
from data.review import lookbacks, reviews, steps

DEMO_WEEKS: Final = 26
AWAY_WEEKS: Final = (20, 19, 7)
"""Weeks before the current one without a review: a holiday and a flu."""
_JUDGEMENT_KEYS: Final = {"C": 1, "c": 2, "?": 3, "r": 4, "R": 5}
_ANSWER_DICE: Final = {1: (1, 1, 2, 2), 2: (1, 2, 3, 2), 4: (3, 4, 3, 4), 5: (4, 5, 5, 4)}
"""The answers that a verdict's key draws from: the person tends to agree with themselves."""
_SKIPPED: Final = 0.04
"""The share of questions without an answer."""
_RecordT = TypeVar("_RecordT", bound=Record)


def demo_records(today: date, now: datetime) -> tuple[Record, ...]:
    """Return every record of the half-year that ends today.

    Args:
        today: The local date.
        now: The moment, UTC; nothing is dated after it.
    """
    life = _Life(today, now)
    for name, why in DEMO_GOALS:
        life.live(edits.add_goal(life.known(edits.new_goal(name, life.at(DEMO_WEEKS, 0), why))))
    for week in range(DEMO_WEEKS, -1, -1):
        life.write_down(week)
        if week and week not in AWAY_WEEKS:
            life.review(week)
    journal = life.journal
    return (*journal.goals.values(), *journal.wins.values(), *journal.steps.values(), *journal.reviews.values())


class _Life:
    """The journal so far, and the dice."""

    def __init__(self, today: date, now: datetime) -> None:
        self.journal = Journal()
        self._today = today
        self._now = now
        self._dice = Random(26)  # noqa: S311 - a story, not a secret
        self._keys: dict[str, str] = {}
        self._kinds: dict[str, str] = {}

    def live(self, edit: Edit) -> None:
        """Make a change, as the store would."""
        self.journal = self.journal.apply(edit(self.journal))

    def known(self, record: _RecordT) -> _RecordT:
        """Return a record under an id that is the same every time."""
        return structs.replace(record, id=str(UUID(int=self._dice.getrandbits(128), version=4)))

    def at(self, week: int, day: int, hour: int = 18) -> datetime:
        """Return a moment in the week that many weeks before the current one, never one in the future."""
        moment = datetime.combine(self._monday(week) + timedelta(days=day), time(hour, day * 7), UTC)
        return min(moment, self._now)

    def _monday(self, week: int) -> date:
        return week_of(self._today) - week * WEEK

    def write_down(self, week: int) -> None:
        """Add the wins of a week."""
        for scene in SCENES:
            if scene.week == week:
                self._add(scene)

    def _add(self, scene: Scene) -> None:
        win = edits.new_win(
            scene.title,
            happened_on=min(self._monday(scene.week) + timedelta(days=scene.day), self._today),
            now=self.at(scene.week, scene.day),
            story=scene.story,
            goal=self._goal(scene.goal),
            tags=scene.tags.split(),
            opened_by=self._keys.get(scene.after),
        )
        win = with_proof(self.known(win), DEMO_PROOF.get(scene.key, NO_PROOF))
        self._kinds[win.id] = scene.kind
        self._keys[scene.key or win.id] = win.id
        self.live(edits.add_win(win))

    def _goal(self, start: str) -> str | None:
        return next((goal.id for goal in self.journal.goals.values() if start and goal.name.startswith(start)), None)

    def review(self, week: int) -> None:
        """Sort the week's wins, look back, settle the step and make the next, and close."""
        now = self.at(week, 4, 17)
        monday = self._monday(week)
        self.live(reviews.start_review(self.known(reviews.new_review(monday, now))))
        self._settle(week, now)
        for win in [win for win in self.journal.live() if win.verdict is None]:
            self._sort(win, now)
        for win in lookbacks.due_lookbacks(self.journal, now.date())[: lookbacks.MAX_LOOKBACKS]:
            self._look_back(win, now)
        self._plan(week, now)
        self.live(reviews.set_note(monday, DEMO_NOTES[week // 3 % len(DEMO_NOTES)] if week % 3 == 0 else "", now))
        self.live(reviews.finish_review(monday, now + timedelta(minutes=14)))

    def _sort(self, win: Win, now: datetime) -> None:
        said = judgement(_JUDGEMENT_KEYS[self._kinds[win.id][0]])
        for question in QUESTIONS:
            if self._dice.random() > _SKIPPED:
                self.live(edits.answer_question(win.id, question.id, self._dice.choice(_ANSWER_DICE[said.key]), now))
        self.live(edits.set_verdict((win.id,), said.verdict, now, said.p))

    def _look_back(self, win: Win, now: datetime) -> None:
        self.live(
            lookbacks.record_lookback(win.id, judgement(_JUDGEMENT_KEYS[self._kinds[win.id][-1]]), now.date(), now)
        )

    def _settle(self, week: int, now: datetime) -> None:
        for step in steps.open_steps(self.journal):
            end = next(end for _, words, end in DEMO_STEPS if words == step.text)
            if end == "dropped":
                self.live(steps.drop_step(step.id, now))
            if end == "done":
                happened_on = self._monday(week) + timedelta(days=2)
                made = edits.new_win(steps.act_of(step), happened_on=happened_on, now=now, goal=self._goal("Clim"))
                win = self.known(made)
                self._kinds[win.id] = "r"
                self.live(steps.finish_step(step.id, win, now))

    def _plan(self, week: int, now: datetime) -> None:
        for made_in, words, _ in DEMO_STEPS:
            if made_in == week:
                step = steps.new_step(words, due_week=self._monday(week) + WEEK, now=now)
                self.live(steps.add_step(self.known(step)))
