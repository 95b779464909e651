"""Notes and exports with something odd about them: what is a win, what is none, and what is said of it."""

import json
from datetime import date

import pytest

from data.base.errors import NotAllowedError
from data.exchange.formats.markdown_notes import MARKDOWN
from data.exchange.formats.todotxt import TODO_TXT
from data.exchange.importing.foreign_json import list_of
from data.exchange.importing.source import MAX_FILE_BYTES, MAX_IMPORT_ENTRIES, Source, read_stream, source_of
from data.exchange.registry import detect_format
from data.model.records import Verdict, Win
from tests.support.import_runner import gathered, planned, reasons, wins_of

HEAD = "# 2026-11-16\n"


def wins(text: str, name: str = "notes.md") -> list[Win]:
    return [win for _, win in planned(text, name).new_wins]


def refused(text: str, name: str = "") -> list[tuple[int, str]]:
    return [(one.line, one.reason) for one in planned(text, name).refused]


def test_text_without_a_bullet_is_no_list_of_wins() -> None:
    with pytest.raises(NotAllowedError, match="Unknown file format"):
        planned("Only words.\n", "notes.md")
    assert reasons(planned("Only words.\n", "notes.md", kind="markdown")) == [(1, "skipped: text outside of bullets")]
    assert not MARKDOWN.detects(Source("x.json", "- a", "utf-8"), {})


def test_a_tab_is_four_blanks_of_indent() -> None:
    (win,) = wins(f"{HEAD}- Asked\n\tIn writing.\n\n    - twice\n")
    assert (win.title, win.story) == ("Asked", "In writing.\n\n- twice")
    assert [one.title for one in wins(f"{HEAD}   - A\n\tIts story\n   - B\n")] == ["A", "B"]
    assert [one.title for one in wins(f"{HEAD}    - A\n\t- B\n")] == ["A", "B"]


def test_a_line_of_blanks_does_not_part_a_bullet_from_its_story() -> None:
    (win,) = wins(f"{HEAD}   - Asked\n \n     In writing.\n \n     At last.\n")
    assert (win.title, win.story) == ("Asked", "In writing.\n\nAt last.")


def test_a_paragraph_goes_on_below_its_bullet_and_ends_with_a_gap() -> None:
    first = "- Asked and\ngot  an answer  \nat last\n"
    text = f"{HEAD}{first}- Second\n  With a story.\nNot of it.\n- Third\n\nAlone.\n- Fourth\n"
    plan = planned(text, "notes.md")
    assert plan.duplicates == ()
    assert [(one.title, one.story) for _, one in plan.new_wins] == [
        ("Asked and got an answer at last", ""),
        ("Second", "With a story.\nNot of it."),
        ("Third", ""),
        ("Fourth", ""),
    ]


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("## Week of 2026-11-16", "2026-11-16"),
        ("## Week of 16 November 2026", "2026-11-16"),
        ("## WEEK OF 16 NOVEMBER 2026 ", "2026-11-16"),
        ("## 2026-W47", "2026-11-16"),
        ("## 2026-w47: quiet", "2026-11-16"),
        ("- 2026-w47", "2026-11-16"),
        ("Week of 16 November 2026", "2026-11-16"),
        ("16 November 2026:  ", "2026-11-16"),
        ("**16 November 2026**:", "2026-11-16"),
        ("  16 November 2026  ", "2026-11-16"),
        ("- *16 November 2026*", "2026-11-16"),
    ],
)
def test_a_heading_dates_what_is_below_it(heading: str, day: str) -> None:
    assert wins_of(planned(f"{heading}\n- First\n", "notes.md")) == [(day, "First")]


@pytest.mark.parametrize(
    "line",
    [
        "- 2026-11-16 we met",
        "- On 2026-11-16",
        f"2026-11-16 {'x' * 40}",
        "## 2026-W60",
        "- we met",
        "",
    ],
)
def test_a_line_that_says_more_is_no_heading(line: str) -> None:
    found = [win.happened_on for win in wins(f"# 2026-11-10\n{line}\n\n- First\n") if win.title == "First"]
    assert found == [date(2026, 11, 10)]


def test_a_heading_holds_until_the_next_of_its_level() -> None:
    headings = "# 2026-11-10\n## 2026-11-16\n- A\n# Later\n- B\n"
    text = f"{headings}- 2026-11-11\n  - C\n  - 2026-11-12\n    - D\n- 2026-11-13\n  - E\n"
    plan = planned(text, "notes.md")
    assert wins_of(plan) == [
        ("2026-11-16", "A"),
        ("2026-11-11", "C"),
        ("2026-11-12", "D"),
        ("2026-11-13", "E"),
    ]
    assert [one.line for one in plan.refused] == [5]


JRNL = {"title": "Said yes", "body": "", "date": "2026-11-20", "time": "10:00", "tags": [], "starred": False}
DAY_ONE = {"uuid": "A", "creationDate": "2026-11-20T10:00:00Z", "text": "Said yes", "timeZone": "UTC"}
TASK = {"description": "Said yes", "status": "completed", "uuid": "1", "end": "20261120T100000Z"}


@pytest.mark.parametrize(
    ("good", "whole", "reason"),
    [
        (JRNL, True, "It is not an entry."),
        (DAY_ONE, True, "It is not an entry."),
        (TASK, False, "It is not an entry."),
    ],
)
def test_what_is_none_in_an_export_is_named_by_its_place(good: dict[str, object], reason: str, *, whole: bool) -> None:
    entries = [good, 17, good | {"title": "B", "text": "B", "description": "B", "uuid": "2"}, "x"]
    text = json.dumps({"entries": entries} if whole else entries)
    assert [place.line for place, _ in planned(text).new_wins] == [1, 3]
    assert refused(text) == [(2, reason), (4, reason)]


@pytest.mark.parametrize("missing", ["title", "body", "date"])
def test_json_that_lacks_what_jrnl_writes_is_not_from_jrnl(missing: str) -> None:
    entry = {key: value for key, value in JRNL.items() if key != missing}
    assert detect_format(source_of(json.dumps({"entries": [entry]}).encode(), "")).name == "json-table"


@pytest.mark.parametrize("missing", ["description", "status", "uuid"])
def test_json_that_lacks_what_taskwarrior_writes_is_not_from_taskwarrior(missing: str) -> None:
    task = {key: value for key, value in TASK.items() if key != missing}
    assert detect_format(source_of(json.dumps([task]).encode(), "")).name == "json-table"


def test_what_stands_before_the_first_entry_of_a_journal_is_skipped() -> None:
    text = "words\n[2026-11-20 10:00] * Said yes\nIt went @well.\n\n[2026-11-21] Went on *  \n"
    plan = planned(text, "j.txt", kind="jrnl")
    assert reasons(plan) == [(1, "skipped: before the first entry")]
    assert [(place.line, win.title, win.tags) for place, win in plan.new_wins] == [
        (2, "Said yes", ("starred", "well")),
        (5, "Went on", ("starred",)),
    ]
    assert len(planned("words\n\n[2026-11-20] Said yes\n", "j.txt", kind="jrnl").skipped) == 1
    for nothing in ("", "\n\n", "\n  \n"):
        assert planned(f"{nothing}[2026-11-20] Said yes\n", "j.txt").skipped == ()


@pytest.mark.parametrize("zone", ["../etc", "\0", "", "No/Where", "Europe", 3, None])
def test_a_place_that_is_none_counts_days_as_here(zone: object) -> None:
    entry = DAY_ONE | {"timeZone": zone, "creationDate": "2026-11-20T23:30:00Z"}
    assert wins_of(planned(json.dumps({"entries": [entry]}))) == [("2026-11-20", "Said yes")]


@pytest.mark.parametrize(
    ("entries", "known"),
    [([DAY_ONE], True), ([7], False), ([["creationDate"]], False), ({"a": 1}, False), (7, False)],
)
def test_odd_json_is_a_kind_that_is_not_known(entries: object, *, known: bool) -> None:
    source = source_of(json.dumps({"entries": entries}).encode())
    if known:
        assert detect_format(source).name == "dayone"
    else:
        with pytest.raises(NotAllowedError, match="Unknown kind of JSON"):
            detect_format(source)


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ('{"entries": [', "", "not valid JSON"),
        ('{"entries": [', "notes.md", "not valid JSON"),
        ("[1, 2", "x.json", "not valid JSON"),
        ("{}\n" + "[" * 100_000, "", "not valid JSON"),
        ("[1, 2", "", "Unknown file format"),
        ("Dear diary", "x.json", "Unknown file format"),
    ],
)
def test_what_begins_as_json_and_is_broken_is_told_so(text: str, name: str, said: str) -> None:
    with pytest.raises(NotAllowedError, match=said):
        planned(text, name)


def test_broken_json_is_told_so_when_its_format_is_named() -> None:
    for kind in ("json", "taskwarrior", "dayone", "jrnl-json"):
        with pytest.raises(NotAllowedError, match="not valid JSON"):
            planned('{"entries": [', kind=kind)


def test_json_may_begin_with_empty_lines_and_its_lines_end_in_commas_and_blanks() -> None:
    lines = "".join(f"  {json.dumps(TASK | {'uuid': str(n), 'description': f'Win {n}'})}, \n  \n" for n in range(2))
    assert [win.title for win in wins(f"\n {lines}", "x.json")] == ["Win 0", "Win 1"]


def test_a_task_may_have_nothing_but_what_each_has() -> None:
    task = {"description": "Open", "status": "pending", "uuid": "1"}
    assert reasons(planned(json.dumps([task]))) == [(1, "skipped: not done")]


def test_a_tag_that_is_no_text_is_none() -> None:
    entry = JRNL | {"tags": ["@brave", 7, None, ["x"]]}
    (win,) = wins(json.dumps({"entries": [entry]}), "x.json")
    assert win.tags == ("brave",)


def test_only_the_first_heading_of_an_entry_is_its_title() -> None:
    entry = DAY_ONE | {"text": "\n\n## Said yes\n# Not this"}
    (win,) = wins(json.dumps({"entries": [entry]}), "x.json")
    assert (win.title, win.story) == ("Said yes", "# Not this")


def test_a_list_of_json_may_be_as_long_as_a_file_and_no_longer() -> None:
    assert len(list_of([0] * MAX_IMPORT_ENTRIES, "entries")) == MAX_IMPORT_ENTRIES
    with pytest.raises(NotAllowedError, match="more than 100,000 entries"):
        list_of([0] * (MAX_IMPORT_ENTRIES + 1), "entries")
    with pytest.raises(NotAllowedError, match="no list of entries"):
        list_of({}, "entries")


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("x Done\nOpen\n", False),
        ("x Done\n(A) Open\nOpen\n", True),
        ("x Done\n2026-11-20 Open\n\n\n\n", True),
        ("(A) Open\n(B) Open\n", False),
        ("x Done\n\n  \nx Done\nOpen\n", True),
        ("x Done\nOpen\nOpen\n", False),
    ],
)
def test_a_todo_txt_is_known_by_most_of_its_lines(text: str, *, known: bool) -> None:
    assert TODO_TXT.detects(Source("", text, "utf-8"), None) is known


def test_tasks_that_are_open_are_left_out_and_empty_lines_are_nothing() -> None:
    plan = planned("x 2026-11-20 Call @phone +Climate +more \n\n  \n(A) Open\n", "todo.txt")
    ((place, win),) = plan.new_wins
    assert (place.line, win.title, win.tags, reasons(plan)) == (
        1,
        "Call",
        ("more", "phone"),
        [(4, "skipped: not done")],
    )
    assert [goal.name for goal in gathered("x 2026-11-20 Call @p +Climate\n", "todo.txt").goals.values()] == ["Climate"]
    assert refused("x Call\n", "todo.txt") != []


class Endless:
    """A pipe that never ends."""

    def __init__(self, size: int) -> None:
        self._size = size

    def read(self, size: int) -> bytes:
        """Return as much as is asked for, or as there is."""
        return b"a" * min(size, self._size)


def test_a_file_may_be_as_large_as_the_limit_and_no_larger() -> None:
    assert len(read_stream(Endless(MAX_FILE_BYTES)).text) == MAX_FILE_BYTES  # type: ignore[arg-type]
    with pytest.raises(NotAllowedError, match="More than 20 MB"):
        read_stream(Endless(MAX_FILE_BYTES + 1))  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["- Asked", "- Café with Zoë — “at last” 面接"])
def test_utf16_without_a_mark_is_understood(encoding: str, text: str) -> None:
    source = source_of(text.encode(encoding), "x.txt")
    assert (source.text, source.encoding) == (text, encoding)


@pytest.mark.parametrize("data", [b"abcd\0", b"\0\0\0\0abcd", b"\0a\0\0b\0\0\0c"])
def test_zeros_here_and_there_are_no_text(data: bytes) -> None:
    with pytest.raises(NotAllowedError, match="not a text file"):
        source_of(data)


def test_a_verdict_mark_and_a_box_are_no_part_of_a_title() -> None:
    (win,) = wins(f"{HEAD}- [X] ◆ **Asked** for more #brave\n")
    assert (win.title, win.verdict, win.tags) == ("Asked for more", Verdict.REAL, ("brave",))


def test_a_date_far_to_the_right_dates_nothing_below_the_next_heading() -> None:
    text = "# 2026-11-10\n        2026-11-12\n- A\n# Ideas\n- B\n"
    plan = planned(text, "notes.md")
    assert wins_of(plan) == [("2026-11-12", "A")]
    assert [one.line for one in plan.refused] == [5]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_mark_before_the_text_is_no_part_of_it_when_the_encoding_is_named(encoding: str) -> None:
    source = source_of("\ufeffdate,title\n".encode(encoding), "x.csv", encoding)
    assert source.text == "date,title\n"


@pytest.mark.parametrize("encoding", ["ascii", "utf-8", "no such", "base64"])
def test_bytes_that_are_not_in_the_encoding_that_was_named_are_refused(encoding: str) -> None:
    with pytest.raises(NotAllowedError, match=f"can't be read as {encoding}"):
        source_of(b"caf\xe9", "x.txt", encoding)


@pytest.mark.parametrize(("half", "encoding"), [(b"+2AA-", "utf-7"), (rb"\ud800", "unicode_escape")])
def test_half_a_character_is_no_text(half: bytes, encoding: str) -> None:
    with pytest.raises(NotAllowedError, match=f"can't be read as {encoding}"):
        source_of(b"id,date,title\n" + half + b",2026-11-20,x\n", "x.csv", encoding)


@pytest.mark.parametrize(
    ("title", "encoding"),
    [
        ("Enviei a candidatura e não foi fácil. Amanhã há uma reunião em São João", "cp1252"),
        ("Jag skickade brevet på måndag, det går framåt. Får jag höra nåt?", "cp1252"),
        ("Elküldtem a levelet, és jövő héten hívnak. Árvíztűrő tükörfúrógép", "cp1250"),
        ("気候変動の仕事に応募した。面接に呼ばれた", "shift_jis"),
    ],
)
def test_what_is_not_utf8_is_guessed_from_its_letters(title: str, encoding: str) -> None:
    assert wins_of(planned(f"date;title\n2026-11-20;{title}\n".encode(encoding), "x.csv")) == [("2026-11-20", title)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# May 2026\n## 5\n- a\n## 6th\n- b\n", [("2026-05-05", "a"), ("2026-05-06", "b")]),
        ("# 2026\n## Mai\n### Di, 5.\n- a\n### Mi 6\n- b\n", [("2026-05-05", "a"), ("2026-05-06", "b")]),
        ("# Journal 2026\n## 20.11.\n- a\n", [("2026-11-20", "a")]),
        ("# 2026\n## Sem. 21\n- a\n", [("2026-05-18", "a")]),
        ("## 2025年11月20日(木)\n- a\n", [("2025-11-20", "a")]),
        ("- 2025년 11월 20일: a\n\n2025年11月21日b\n", [("2025-11-20", "a"), ("2025-11-21", "b")]),
        ("- 20251120T101500Z a\n", [("2025-11-20", "a")]),
        ("- Nov 20, 2025, 3pm: a\n", [("2025-11-20", "a")]),
        (f"{HEAD}- [x] a @done(2026-01-02 14:00) #t\n", [("2026-01-02", "a")]),
        (f"{HEAD}- {{{{[[DONE]]}}}} a\n- {{{{[[TODO]]}}}} b\n", [("2026-11-16", "a")]),
        ("- a\n", [("2026-01-05", "a")]),
    ],
)
def test_dates_and_signs_that_other_programs_write_are_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert wins_of(planned(text, "2026-01-05-2.md")) == expected


@pytest.mark.parametrize(
    "heading",
    ["# 2026-01-05\n## 2026-02-31", "# May 2026\n## Mon 5", "# May 2026\n## 32", "# 2026-05\n## 31 Feb"],
)
def test_a_heading_that_is_a_date_gone_wrong_gives_no_win_the_date_above(heading: str) -> None:
    plan = planned(f"{heading}\n- a\n", "notes.md")
    assert reasons(plan) == [(3, "refused: Its date can't be understood; write 2026-11-20, or add --dates.")]
    front = planned("---\ndate: 2026-01-99\n---\n- a\n", "notes.md", undated=date(2026, 1, 1))
    assert [one.line for one in front.refused] == [4]


def test_a_bold_line_may_begin_plans_and_end_them() -> None:
    plan = planned(f"{HEAD}**Next steps:**\n- plan\n\n**Wins**\n- a\n\nTomorrow:\n- plan\n", "notes.md")
    assert wins_of(plan) == [("2026-11-16", "a")]
    assert (3, "skipped: in a section of plans") in reasons(plan)
    assert (9, "skipped: in a section of plans") in reasons(plan)


def test_a_title_in_a_heading_above_bullets_is_counted() -> None:
    plan = planned("## 2026-01-03 A good day\n- a\n## 2026-01-04, Sunday\n- b\n", "notes.md")
    assert wins_of(plan) == [("2026-01-03", "a"), ("2026-01-04", "b")]
    assert reasons(plan) == [(1, "skipped: the title above bullets")]


def test_an_org_file_may_name_its_own_states() -> None:
    text = "#+TODO: OFFEN WARTEN(w) | ERLEDIGT(e)\n#+SEQ_TODO: SEND SENT\n* ERLEDIGT A\nCLOSED: [2026-01-05 Mo]\n"
    plan = planned(f"{text}* WARTEN B\n* SEND C\n* SENT D\nCLOSED: [2026-01-06 Di]\n", "x.org")
    assert wins_of(plan) == [("2026-01-05", "A"), ("2026-01-06", "D")]
    assert reasons(plan) == [(5, "skipped: not done"), (6, "skipped: not done")]


def test_yaml_is_named_for_what_it_is() -> None:
    with pytest.raises(NotAllowedError, match="That is YAML"):
        planned("- date: 2025-11-20\n  title: Sent\n", "wins.yml")
