import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from textual.geometry import Size
from textual.strip import Strip

from data.model import assessment
from data.model.assessment import QUESTION_BY_ID, QUESTIONS
from data.model.records import Answers
from data.model.verdict_scale import JUDGEMENTS
from tests.support.widget_host import Host, text_of
from widgets.review.choices import Choice, Choices
from widgets.review.progress import Progress, Stage
from widgets.review.scale import BESIDE, Scale
from widgets.review.score_bars import ScoreBars

VERDICTS = tuple(Choice(one.letter, one.words) for one in JUDGEMENTS)


def asked(question: str = "stretch", answer: int | None = None) -> Scale:
    scale = Scale()
    scale.set_reactive(Scale.question, QUESTION_BY_ID[question])
    scale.set_reactive(Scale.answer, answer)
    return scale


async def test_a_scale_shows_the_words_both_poles_the_test_and_the_answer_that_is_kept() -> None:
    app = Host(asked(answer=4))
    async with app.run_test(size=(80, 10)):
        lines = text_of(app).splitlines()
        assert lines[0].startswith("Was it a little uncomfortable?")
        assert lines[0].endswith("Stretch, 1 of 2")
        assert lines[2].split() == [
            "effortless",
            "1",
            "────",
            "2",
            "────",
            "3",
            "────",
            "❹",
            "────",
            "5",
            *["it", "stretched", "me"],
        ]


@pytest.mark.parametrize("width", [56, BESIDE - 1, BESIDE, 100])
async def test_every_question_fits_and_its_numbers_stand_in_the_same_columns(width: int) -> None:
    columns = set()
    for question in QUESTIONS:
        app = Host(asked(question.id))
        async with app.run_test(size=(width, 6)):
            text = text_of(app)
            assert question.low in text
            assert question.high in text
            columns.add(tuple(text.splitlines()[2].index(str(number)) for number in range(1, 6)))
    assert len(columns) == 1


@pytest.mark.parametrize("number", range(1, 6))
async def test_a_digit_answers(number: int) -> None:
    app = Host(asked())
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.press(str(number))
        assert [message.answer for message in app.of(Scale.Rated) if isinstance(message, Scale.Rated)] == [number]


async def test_arrows_only_try_an_answer_and_enter_keeps_it() -> None:
    app = Host(asked())
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.press("right", "right")
        assert "④" in text_of(app)
        assert not app.of(Scale.Rated)
        await pilot.press("enter")
        assert [message.answer for message in app.of(Scale.Rated) if isinstance(message, Scale.Rated)] == [4]
        assert len(app.of(Scale.Rated)) == 1


def look_of(line: Strip, text: str) -> tuple[object, ...]:
    """Return how a text in a line looks."""
    place = line.text.index(text)
    style = line.crop(place, place + 1)._segments[0].style
    return () if style is None else (style.color, style.bgcolor, style.bold, style.reverse)


async def test_the_number_that_is_tried_and_the_one_that_is_kept_stand_out() -> None:
    scale = asked(answer=2)
    async with Host(scale).run_test(size=(80, 10)) as pilot:
        await pilot.press("right", "right")
        line = scale.render_line(2)
        colour = scale.get_component_rich_style("scale--chosen").color
        assert [look_of(line, number)[0] == colour for number in "1❷3④5"] == [False, True, False, True, False]


@pytest.mark.parametrize("width", [56, 90])
async def test_a_click_on_a_number_or_beside_it_answers_and_on_a_pole_the_end(width: int) -> None:
    app = Host(asked())
    async with app.run_test(size=(width, 10)) as pilot:
        line = next(line for line in text_of(app).splitlines() if "───" in line or ("4" in line and "5" in line))
        await pilot.click(Scale, offset=(line.index("4") + 1, 2))
        answers = [message.answer for message in app.of(Scale.Rated) if isinstance(message, Scale.Rated)]
        assert answers == [4]


async def test_the_mouse_tries_what_it_points_at_until_it_leaves() -> None:
    app = Host(asked(answer=1))
    async with app.run_test(size=(80, 10)) as pilot:
        column = text_of(app).splitlines()[2].index("5")
        await pilot.hover(Scale, offset=(column, 2))
        assert "⑤" in text_of(app)
        assert "❶" in text_of(app)
        await pilot.hover(Scale, offset=(3, 0))
        assert "⑤" not in text_of(app)


@given(st.integers(20, 140))
def test_choices_never_overlap_and_never_leave_the_width(width: int) -> None:
    rows = Choices(*VERDICTS)._rows(width)
    assert [choice for row in rows for _, choice in row] == list(VERDICTS)
    for row in rows:
        ends = [left + len(choice.label) for left, choice in row]
        assert ends[-1] <= width
        assert all(end < left for end, (left, _) in zip(ends, row[1:], strict=False))


async def test_a_click_on_a_choice_tells_its_key() -> None:
    app = Host(Choices(*VERDICTS))
    async with app.run_test(size=(60, 6)) as pilot:
        lines = text_of(app).splitlines()
        y = next(y for y, line in enumerate(lines) if "probably real" in line)
        await pilot.click(Choices, offset=(lines[y].index("probably real"), y))
        assert [
            message.key for message in app.of(Choices.ChoiceClicked) if isinstance(message, Choices.ChoiceClicked)
        ] == ["r"]


def test_choices_say_how_many_lines_they_need() -> None:
    choices = Choices(*VERDICTS)
    assert choices.get_content_height(Size(90, 9), Size(90, 9), 90) == 1
    assert choices.get_content_height(Size(60, 9), Size(60, 9), 60) == 2


STAGES = (
    Stage("recall", "Recall", done=True),
    Stage("sort", "Sort", "3 of 8", here=True),
    Stage("look", "Look back"),
    Stage("next", "Next"),
    Stage("close", "Close"),
)


def progress() -> Progress:
    made = Progress()
    made.set_reactive(Progress.title, "Review · week of 16 Nov")
    made.set_reactive(Progress.stages, STAGES)
    return made


async def test_progress_shows_all_parts_and_how_far_the_current_one_is() -> None:
    app = Host(progress())
    async with app.run_test(size=(90, 4)):
        line = text_of(app).splitlines()[0]
        assert line.endswith("Recall ✓   Sort 3 of 8   Look back   Next   Close")


async def test_in_a_narrow_terminal_progress_shows_the_current_part_and_its_place() -> None:
    app = Host(progress())
    async with app.run_test(size=(60, 4)):
        line = text_of(app).splitlines()[0]
        assert line.startswith("Review · week of 16 Nov")
        assert line.endswith("2 of 5 · Sort 3 of 8")


async def test_a_click_on_a_part_picks_it() -> None:
    app = Host(progress())
    async with app.run_test(size=(90, 4)) as pilot:
        column = text_of(app).splitlines()[0].index("Look back")
        await pilot.click(Progress, offset=(column, 0))
        assert [
            message.key for message in app.of(Progress.StageClicked) if isinstance(message, Progress.StageClicked)
        ] == ["look"]


async def test_a_test_that_is_half_passed_has_the_colour_of_a_real_win() -> None:
    scores = ScoreBars()
    async with Host(scores).run_test(size=(60, 5)) as pilot:
        scores.answers = Answers(door=5, direction=3, stretch=2)
        await pilot.pause()
        passed, half, failed = (look_of(scores.render_line(y), "█") for y in range(3))
        assert passed == half != failed


async def test_the_bars_follow_the_answers_and_a_door_that_was_opened() -> None:
    scores = ScoreBars()
    app = Host(scores)
    async with app.run_test(size=(60, 5)) as pilot:
        assert text_of(app).count("···") == 3
        scores.answers = Answers(door=1, direction=5)
        await pilot.pause()
        assert [line.split()[-2] for line in text_of(app).splitlines()[:2]] == ["0", "100"]
        scores.doors = ("First call",)
        await pilot.pause()
        assert text_of(app).splitlines()[0].split()[-2] == "100"
        assert assessment.test_scores(structs.replace(scores.answers, door=5))["Momentum"] == 1.0
