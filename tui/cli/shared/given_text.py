"""Text that is too long for a command line: from stdin, or from the person's editor; and what is kept of it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from data.base.errors import NotAllowedError, SaveError
from data.model.records import Win
from tui.cli.shared.context import print_note

if TYPE_CHECKING:
    from data.files.drafts import DraftKey

STDIN_LIMIT: Final = 20_000_000
"""Most bytes read from stdin, so that an endless stream doesn't fill the memory."""
FROM_STDIN: Final = "-"
"""What stands for stdin where a text is expected."""
_COMPARED: Final = 1_000
"""Characters of a text that are compared with those of a draft."""
_MIN_LIKENESS: Final = 0.3
_SCISSORS: Final = "# ------------------------ 8< ------------------------"
_TEMPLATE: Final = f"""

{_SCISSORS}
# First line: the win. The rest: its story. This line and everything below it are left out.
# Leave it empty to cancel.
"""


def read_text(given: str) -> str:
    """Return a text as it was given, or stdin (UTF-8; other bytes are replaced) where it is "-".

    Raises:
        NotAllowedError: stdin does not end, or can't be read.
    """
    if given != FROM_STDIN:
        return given
    try:
        data = sys.stdin.buffer.read(STDIN_LIMIT + 1)
    except OSError as error:
        raise NotAllowedError(f"stdin can't be read: {(error.strerror or 'unknown reason').lower()}.") from error
    if len(data) > STDIN_LIMIT:
        raise NotAllowedError(f"stdin has over {STDIN_LIMIT // 1_000_000} MB, too long for a story.", "Shorten it.")
    return data.decode("utf-8-sig", "replace")


def title_and_story(text: str) -> tuple[str, str]:
    """Return the first line of a text that is not empty, and the rest."""
    first, _, rest = text.strip().partition("\n")
    return first, rest


def continue_in_editor(journal: Path, given: tuple[str, str], win: Win | None = None) -> tuple[str, str, bool]:
    """Return title and story as the person wrote them in their editor, and whether they were made of a draft.

    Args:
        journal: The path of the journal.
        given: Title and story to begin with; where both are empty, the draft or the text that there is.
        win: The win it is the text of, or None for a new one.

    Raises:
        NotAllowedError: They wrote nothing, or there is no editor.
    """
    draft = _take_draft(journal, win.id if win else None) if not any(given) else None
    before = (win.title, win.story) if win else ("", "")
    written = _write_in_editor(*(draft or (given[0] or before[0], given[1] or before[1])))
    return *written, draft is not None and _continues(draft, written)


def _write_in_editor(title: str, story: str) -> tuple[str, str]:
    """Return title and story as the person wrote them in their editor.

    Raises:
        NotAllowedError: They wrote nothing, or there is no editor.
    """
    from tui.system.editor import edit_text  # noqa: PLC0415 - only --edit pays for it

    start = f"{title}\n\n{story}".rstrip() + _TEMPLATE
    result = edit_text(start)
    text = start if result.text is None and not result.problem else result.text or ""
    kept = text.replace("\r\n", "\n").partition(_SCISSORS)[0].strip()
    if not kept:
        raise NotAllowedError(result.problem or "The text is empty, so nothing was saved.")
    if result.problem:
        print_note(f"{result.problem} What it saved is used.")
    return title_and_story(kept)


@contextmanager
def text_kept(
    journal: Path, title: str, story: str, *, win: str | None = None, replace: bool = False
) -> Iterator[None]:
    """Keep a text as a draft when what is done with it fails; where even that fails, print it.

    Args:
        journal: The path of the journal.
        title: The text's first line.
        story: The rest.
        win: The id of the win it is the text of, or None for a new one.
        replace: Whether the draft that is there is an older state of this text.
    """
    try:
        yield
    except BaseException:
        _keep_text(journal, title, story, win=win, replace=replace)
        raise


def _keep_text(journal: Path, title: str, story: str, *, win: str | None, replace: bool) -> None:
    """Keep a text as a draft and say so; where that fails, print it."""
    try:
        _save_text(journal, title, story, win=win, replace=replace)
    except SaveError:
        for line in (title, *story.splitlines()):
            print_note(line)
    else:
        from data.exchange.public_json import SHORT_ID  # noqa: PLC0415 - the app opens without it

        again = f"edit {win[:SHORT_ID]}" if win else "add"
        print_note(f"Your text is kept as a draft: `smallwins` opens it, `smallwins {again} --edit` continues it.")


def _save_text(journal: Path, title: str, story: str, *, win: str | None = None, replace: bool = False) -> None:
    """Keep a text as the draft of a win, behind the text of one that is there.

    Raises:
        SaveError: It can't be kept.
    """
    from data.files.drafts import Draft, load_drafts, save_drafts  # noqa: PLC0415 - only what fails pays for it

    drafts = {draft.key: draft for draft in load_drafts(journal)}
    fields = {"title": title, "story": story.strip()}
    before = drafts.pop(_key(win), None)
    if before is not None:
        joined = [before.fields.get("story", ""), title, story]
        added = {"story": "\n\n".join(part.strip() for part in joined if part.strip())}
        fields = before.fields | (fields if replace else added)
    save_drafts(journal, [*drafts.values(), Draft(fields, win)])


def _key(win: str | None) -> "DraftKey":
    return "win", win


def _continues(draft: tuple[str, str], text: tuple[str, str]) -> bool:
    """Return whether a title and story were made of a draft: one that something else was written over is kept."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - only a draft pays for it

    before, after = ("\n".join(both)[:_COMPARED] for both in (draft, text))
    return SequenceMatcher(None, before, after, autojunk=False).ratio() >= _MIN_LIKENESS


def recover_drafts(journal: Path) -> None:
    """Keep as a draft what an editor saved for a run that was killed meanwhile, and remove its files."""
    from tui.system.editor import recover_texts  # noqa: PLC0415 - only the app and --edit pay for it

    with suppress(SaveError):
        recover_texts(lambda text: _save_text(journal, *title_and_story(text.partition(_SCISSORS)[0])))


def _take_draft(journal: Path, win: str | None = None) -> tuple[str, str] | None:
    """Return title and story of a win that were kept as a draft, or None; so is what a killed editor left.

    Args:
        journal: The path of the journal.
        win: The id of the win, or None for a new one.
    """
    from data.files.drafts import load_drafts  # noqa: PLC0415 - only --edit pays for it

    recover_drafts(journal)
    found = [draft.fields for draft in load_drafts(journal) if draft.key == _key(win)]
    return (found[0].get("title", ""), found[0].get("story", "")) if found else None


def drop_taken(journal: Path, win: str | None = None) -> None:
    """Drop a draft whose text is saved now."""
    from data.files.drafts import load_drafts, save_drafts  # noqa: PLC0415 - as above

    save_drafts(journal, [draft for draft in load_drafts(journal) if draft.key != _key(win)])
