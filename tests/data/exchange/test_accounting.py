"""The law of accounting: new + duplicate + refused + skipped is everything that a file has, whatever it has."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from data.exchange.importing.plan import ImportPlan
from tests.support.import_runner import planned

words = st.text(st.sampled_from("abcé日 "), min_size=1, max_size=12).map(str.strip).filter(bool).map("a ".__add__)
dates = st.sampled_from(
    ["2026-01-05", "5 Jan 2026", "Jan 5th, 2026", "05.01.2026", "13/01/2026", "03/04/2026", "2026-13-45", "31.02.2026",
     "01/13/20266", "2027-01-01", "W60", "Friday", "", "2026-01-05 10:00", "[[2026-01-05]]"]
)  # fmt: skip


def count(plan: ImportPlan) -> int:
    return len(plan.new_wins) + len(plan.duplicates) + len(plan.refused) + len(plan.skipped)


@st.composite
def notes(draw: st.DrawFn) -> tuple[str, int]:
    """Return a note of some blocks, and how many of them must be counted."""
    text, total = draw(st.sampled_from(["", "# 2026-01-04\n\n", "## Next steps\n\n", "Words.\n\n"])), 0
    total += text == "Words.\n\n"
    for _ in range(draw(st.integers(1, 8))):
        word, day = draw(words), draw(dates)
        mark = draw(st.sampled_from(["-", "*", "•", "1.", "→", "✅", "☐", "- [ ]", "- [x]", "- [-]", "- TODO"]))
        block = draw(
            st.sampled_from(
                [f"{mark} {word}", f"{mark} {day}: {word}".replace(" : ", " "), f"```\n- {word}\n```", f"> {word}",
                 f"| {word} | b |\n|---|---|\n| {word} | d |", f"{word} {word}", f"<div>{word}</div>"]
            )
        )  # fmt: skip
        text += f"{block}\n\n<!-- -->\n\n"  # what parts two lists, and is nothing
        total += 1
    return text, total


@settings(max_examples=300, deadline=None)
@given(notes())
def test_every_block_of_a_note_is_counted_once(note: tuple[str, int]) -> None:
    text, total = note
    assert count(planned(text, "note.md", kind="markdown")) == total, text


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(dates, words | st.just(""), words | st.just(""), st.sampled_from(["", "real", "great"])),
                min_size=1, max_size=8), st.booleans())  # fmt: skip
def test_every_row_of_a_table_is_counted_once(rows: list[tuple[str, str, str, str]], titled: bool) -> None:  # noqa: FBT001 - as hypothesis gives it
    head = "My wins,,,\n" if titled else ""
    text = head + "date,title,story,verdict\n" + "".join(",".join(row) + "\n" for row in rows)
    full = sum(any(cell.strip() for cell in row) for row in rows)
    assert count(planned(text, "x.csv")) == full + titled


json_cells = st.none() | st.booleans() | st.integers() | words | dates | st.lists(words, max_size=2)
json_entries = st.lists(
    st.dictionaries(
        st.sampled_from(["title", "date", "body", "tags", "uuid", "status", "description", "end", "text",
                         "creationDate", "name", "idList", "dateLastActivity", "dueComplete", "id", "completed"]),
        json_cells, min_size=2, max_size=8,
    ) | st.integers() | words,
    min_size=1, max_size=6,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(json_entries, st.sampled_from(["taskwarrior", "dayone", "jrnl-json", "trello"]))
def test_every_entry_of_json_is_counted_once(entries: list[object], kind: str) -> None:
    name = "cards" if kind == "trello" else "entries"
    whole = entries if kind == "taskwarrior" else {name: entries, "lists": [{"id": "a", "name": "Done"}]}
    assert count(planned(json.dumps(whole), kind=kind)) == len(entries)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["x 2026-01-05 {}", "(A) {}", "x {}", "{}", "x 2026-13-45 {}"]), words),
                min_size=1, max_size=8))  # fmt: skip
def test_every_line_of_a_todo_txt_is_counted_once(lines: list[tuple[str, str]]) -> None:
    text = "\n\n".join(line.format(word) for line, word in lines)
    assert count(planned(text, "todo.txt", kind="todotxt")) == len(lines)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["* DONE {}", "* TODO {}", "* KILL {}", "* 2026-01-05\n** {}"]), words),
                min_size=1, max_size=8))  # fmt: skip
def test_every_heading_of_an_org_file_that_is_no_date_is_counted_once(lines: list[tuple[str, str]]) -> None:
    text = "\n".join(line.format(word) for line, word in lines)
    assert count(planned(text, "x.org")) == len(lines)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(dates.filter(bool), words, words), min_size=1, max_size=6))
def test_every_line_of_a_journal_of_jrnl_is_in_an_entry_or_counted(entries: list[tuple[str, str, str]]) -> None:
    text = "".join(f"[{day}] {title}\n{body}\n" for day, title, body in entries)
    plan = planned(text, kind="jrnl")
    told = " ".join(f"{win.title} {win.story}" for _, win in (*plan.new_wins, *plan.duplicates))
    assert plan.refused or plan.skipped or all(body in told for _, _, body in entries)
    assert 1 <= count(plan) <= len(entries) + 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(words, words, st.sampled_from(["09:00", "10:00"]), st.sampled_from("ab")), max_size=8))
def test_two_entries_are_one_only_if_nothing_tells_them_apart(
    entries: list[tuple[str, str, str, str]],
) -> None:
    rows = [{"description": title, "status": "completed", "uuid": key, "end": f"20260105T{time.replace(':', '')}00Z",
             "annotations": [{"description": story}]} for title, story, time, key in entries]  # fmt: skip
    plan = planned(json.dumps(rows), kind="taskwarrior")
    assert len(plan.new_wins) == len(set(entries))
    assert len(plan.duplicates) == len(entries) - len(set(entries))
