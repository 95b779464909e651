"""The smallest forms of what people reported of programs like this one, and every win that must come of each."""

import pytest

from tests.support.import_runner import planned, reasons

SKIPPED, REFUSED = "skipped", "refused"
TASKS = (
    '[{"description":"Applied","status":"completed","uuid":"a1","end":"20260105T100000Z"},'
    '{"description":"Applied","status":"completed","uuid":"b1","end":"20260105T150000Z"}]'
)
DAY_ONE = (
    '{"entries":[{"uuid":"A","creationDate":"2026-03-24T18:30:30Z","timeZone":"UTC",'
    '"text":"![](dayone-moment:\\/\\/6C88)\\n\\n# First call\\n\\nThey asked for more\\\\."},'
    '{"uuid":"B","creationDate":"2026-03-25T18:30:30Z","timeZone":"UTC","text":"![](dayone-moment:\\/\\/6C89)"}]}'
)
KEEP = '{"title":"Win","textContent":"Called","userEditedTimestampUsec":1763633700000000,"labels":[{"name":"wins"}]}'
TRELLO = (
    '{"cards":[{"name":"Call Ada","desc":"d","idList":"l1","dateLastActivity":"2025-11-20T10:00:00.000Z"}],'
    '"lists":[{"id":"l1","name":"Done"}]}'
)
BRAG = '[{"id":1,"title":"Call Ada","description":"d","tags":"a,b","created_at":"2025-11-20T10:00:00Z"}]'
KANBAN = '[{"task_id":1,"title":"Call Ada","column":3,"finish_date":"2025-11-21T10:00:00","description":"d"}]'
OBSIDIAN = "- [x] Sent the CV #apply ✅ 2026-01-02 ^id\n- [ ] Open 📅 2026-02-01\n- [-] Dropped\n"
SLASHES = "- 01/13/2026 Passed the exam\n- 02/03/2026 Wrote the essay\n- 13/13/2026 Never\n"
MONTHS = "# 2026\n\n## January\n- a\n## Mar 3rd, 2026\n- b\n## 2026-05\n- c\n## Week 20, 2026\n- d\n## KW 21\n- e\n"

CASES = [
    ("x.md", SLASHES, ["2026-01-13 Passed the exam", "2026-02-03 Wrote the essay"], [(3, REFUSED)]),
    ("x.json", TASKS, ["2026-01-05 Applied", "2026-01-05 Applied"], []),
    ("x.csv", 'date,title,tags\n2026-01-05,Sent it,"study,\nbrave"\n', ["2026-01-05 Sent it brave study"], []),
    (
        "2026-01-03.md",
        "---\naliases:\n- third\n---\n- Sent it\n\n```dataview\n- no win\n```\n* * *\n",
        ["2026-01-03 Sent it"],
        [(7, SKIPPED)],
    ),
    ("x.json", DAY_ONE, ["2026-03-24 First call"], [(2, SKIPPED)]),
    ("2026-01-03.md", OBSIDIAN, ["2026-01-02 Sent the CV apply"], [(2, SKIPPED), (3, SKIPPED)]),
    (
        "2023_02_02.md",
        "- DONE Sent the essay\n  id:: 63db\n- TODO Call\n- LATER Read\n- NOW Write\n-\n",
        ["2023-02-02 Sent the essay"],
        [(3, SKIPPED), (4, SKIPPED), (5, SKIPPED)],
    ),
    ("x.txt", "[2019-07-21 23:30] Old\nbody\n\n[22.07.2019 10:00] New\n", ["2019-07-21 Old", "2019-07-22 New"], []),
    (
        "x.md",
        "# 2024\n\n### 2024-01-05 09:00 First\n\nA line.\n\n### 2024-01-06 10:00 Second\n\n- a detail\n",
        ["2024-01-05 First", "2024-01-06 Second"],
        [],
    ),
    ("x.md", "## 2026-01-17\nSent it.\n\nGot it.\n", ["2026-01-17 Sent it.", "2026-01-17 Got it."], []),
    ("x.csv", "sep=;\nDatum;Titel\n20.11.2025;Sent\n", ["2025-11-20 Sent"], []),
    ("x.csv", "My wins,\n,\nDate,Win\n2025-11-20,Sent\n", ["2025-11-20 Sent"], [(1, SKIPPED)]),
    ("x.txt", "20. November 2026\n- Sent it\n", ["2026-11-20 Sent it"], []),
    (
        "x.txt",
        "2026-01-05\n- wrote\n✅ passed\n→ called\n☑ sent\n",
        ["2026-01-05 wrote", "2026-01-05 passed", "2026-01-05 called", "2026-01-05 sent"],
        [],
    ),
    ("x.org", "* DONE Sent\nCLOSED: [2026-01-05 Mon 10:00]\n* TODO Call\n", ["2026-01-05 Sent"], [(3, SKIPPED)]),
    (
        "todo.txt",
        "x 2016-11-21 (B) take the exam\nx 2018-05-17 (B) 2018-05-15 install shelves\n",
        ["2016-11-21 take the exam", "2018-05-17 install shelves"],
        [],
    ),
    ("x.csv", "TYPE,CONTENT,DESCRIPTION,DATE\ntask,Call Ada,details,20 Nov 2025\n", ["2025-11-20 Call Ada"], []),
    ("x.csv", "Task,Description,Start date\n,Wrote the essay,2025-11-20\n", ["2025-11-20 Wrote the essay"], []),
    ("x.csv", "date,title,tags,tags\n2025-11-20,Passed,study | walk,b\n", ["2025-11-20 Passed b study walk"], []),
    ("x.csv", "date,title\n01/13/20266,a\n13/01/2026abc,b\n", [], [(2, REFUSED), (3, REFUSED)]),
    ("x.csv", "date,title\n01/13/2026 - 01/20/2026,A week\n", ["2026-01-13 A week"], []),
    ("x.txt", "[2013-06-10 15:40] Back to @C#\n", ["2013-06-10 Back to @C# C#"], []),
    ("x.md", MONTHS, ["2026-01-01 a", "2026-03-03 b", "2026-05-01 c", "2026-05-11 d", "2026-05-18 e"], []),
    ("x.txt", "2025-11-20 Sent it\n2025-11-21 Got it\n", ["2025-11-20 Sent it", "2025-11-21 Got it"], []),
    ("x.json", BRAG, ["2025-11-20 Call Ada a b"], []),
    ("x.json", KEEP, ["2025-11-20 Win wins"], []),
    ("x.json", KANBAN, ["2025-11-21 Call Ada"], []),
    ("x.json", TRELLO, ["2025-11-20 Call Ada"], []),
    (
        "x.txt",
        "[17/11/24 15:43:43] First\n\n[18/11/24 15:43:43] Second\n",
        ["2024-11-17 First", "2024-11-18 Second"],
        [],
    ),
    (
        "x.txt",
        "2013-06-09 15:39 First\nbody\n\n2013-06-10 15:40 Second\n",
        ["2013-06-09 First", "2013-06-10 Second"],
        [],
    ),
    ("x.csv", "date,title\n20-Nov-25,Sent\n20.11.25,Got\n", ["2025-11-20 Got", "2025-11-20 Sent"], []),
    ("x.md", "# 2026-01-05\n- a\n## Next steps\n- b\n", ["2026-01-05 a"], [(4, SKIPPED)]),
    ("x.json", "[]", [], []),
    ("x.json", '{"entries": []}', [], []),
    ("x.md", "| Date | Win |\n| --- | --- |\n| 2026-01-05 | a |\n", ["2026-01-05 a"], []),
    ("x.md", "# 2026-01-05\n> [!note] Calls\n> - a\n", ["2026-01-05 a"], []),
    ("x.md", "- 2026-01-05 a #Work #work\n", ["2026-01-05 a Work"], []),
]


@pytest.mark.parametrize(("name", "text", "wins", "rest"), CASES)
def test_a_reported_file_gives_these_wins_and_counts_the_rest(
    name: str, text: str, wins: list[str], rest: list[tuple[int, str]]
) -> None:
    plan = planned(text, name)
    found = [" ".join((win.happened_on.isoformat(), win.title, *win.tags)) for _, win in plan.new_wins]
    assert sorted(found) == sorted(wins)
    assert [(line, why.partition(":")[0]) for line, why in reasons(plan)] == rest
    assert plan.duplicates == ()


def test_times_behind_dates_and_two_wins_of_one_name_are_read() -> None:
    (only,) = planned("date,title\n03/04/2026 09:15,Sent it\n", "x.csv", dates="d/m/y").new_wins
    assert str(only[1].happened_on) == "2026-04-03"
    notes = "- 2026-01-05 a\n  one\n- 2026-01-05 a\n  two\n"
    assert [win.story for _, win in planned(notes, "x.md").new_wins] == ["one", "two"]
