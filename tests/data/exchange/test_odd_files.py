"""Files that a person has by chance: packed ones, notes with what is no win, plans, empty things."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from data.base.errors import SmallWinsError
from tests.support.import_runner import planned, reasons, wins_of


def zipped(*names: str, data: bytes = b"x") -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        for name in names:
            file.writestr(name, data)
    return packed.getvalue()


SHEET = b"application/vnd.oasis.opendocument.spreadsheet"


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (
            zipped("mimetype", data=SHEET),
            "x.ods",
            "OpenDocument spreadsheet",
        ),
        (zipped("mimetype", data=b"application/vnd.oasis.opendocument.text"), "x.odt", "OpenDocument file"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "x.bin", "Excel"),
        (zipped("notes.txt"), "x.zip", "zip file"),
        (zipped("xl/workbook.xml")[:40], "wins.xlsx", "Excel"),
    ],
    ids=["spreadsheet", "text", "workbook", "zip", "cut off"],  # a zip holds the time it was made
)
def test_a_packed_file_is_named_for_what_it_is(data: bytes, name: str, said: str) -> None:
    with pytest.raises(SmallWinsError) as found:
        planned(data, name)
    assert said.lower() in str(found.value).lower()


ORG = """* 2026-11-16
- [X] Sent the email
- [ ] Call back
- Coffee with Ada
A line of prose.
* 03/04/2026
- Which day was it
* DONE Passed the exam [03/04/2026]
* Someday
- no date at all
"""


def test_lists_of_an_org_file_are_read_below_their_dates_and_the_rest_is_counted() -> None:
    plan = planned(ORG, "x.org")
    assert ("2026-11-16", "Sent the email") in wins_of(plan)
    assert ("2026-11-16", "Coffee with Ada") in wins_of(plan)
    said = dict(reasons(plan))
    assert "not done" in said[3]
    assert "text outside of wins" in said[5]
    assert all(reason.startswith("refused") for line, reason in said.items() if line in (7, 8))


MARKDOWN = """## 2026-11-16

> [!note] 2026-11-17
> - From the callout

> Just a quotation

> [!tip] Mind this
> and this

-
  - Below an empty bullet

- ## 2026-11-18
  - Below a heading in a bullet

- [ ] Open
  - [x] Done inside
"""


def test_notes_with_callouts_empty_bullets_and_headings_in_bullets_are_counted() -> None:
    plan = planned(MARKDOWN, "x.md")
    assert ("2026-11-17", "From the callout") in wins_of(plan)
    titles = {title for _, title in wins_of(plan)}
    assert {"Below an empty bullet", "Done inside"} <= titles
    assert [reason for _, reason in reasons(plan) if "quotation" in reason]


def test_prose_below_a_date_is_a_win_a_line_or_one_where_lines_go_on() -> None:
    short = planned("## 2026-11-16\n\nSent the email\nCalled Ada\n", "x.md")
    assert [title for _, title in wins_of(short)] == ["Sent the email", "Called Ada"]
    long = "I wrote to the recruiter whom I had been afraid of for weeks\nand she answered."
    (one,) = wins_of(planned(f"## 2026-11-16\n\n{long}\n", "x.md"))
    assert one[1].startswith("I wrote to the recruiter")


KEEP = """[
 {"title": "", "textContent": "", "userEditedTimestampUsec": 1763290000000000},
 {"title": "Shopping", "listContent": [{"text": "Sent it", "isChecked": true}, {"text": "milk"}, 7],
  "userEditedTimestampUsec": 1763290000000000},
 {"title": "Old", "isTrashed": true, "textContent": "x", "userEditedTimestampUsec": 1763290000000000},
 {"textContent": "Coffee with Ada", "userEditedTimestampUsec": 1763290000000000}
]"""


def test_notes_of_google_keep_without_words_trashed_or_with_boxes_are_counted() -> None:
    plan = planned(KEEP, "keep.json")
    assert {title for _, title in wins_of(plan)} == {"Sent it", "Coffee with Ada"}
    said = [reason for _, reason in reasons(plan)]
    for word in ("no words", "in the trash", "not done", "title of a checklist"):
        assert any(word in reason for reason in said), word
