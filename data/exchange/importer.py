"""Reading files to import: one, several, or a folder, whatever their formats; the same for the shell and the app."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Final

from msgspec import Struct, structs

from data.base.errors import NotAllowedError, SmallWinsError
from data.base.formatting import plural
from data.base.progress import OnProgress
from data.exchange.importing.entry import ReadFormat, Reading, ReadOptions, Refused, Skipped
from data.exchange.importing.normalize import ImportContents, Normalizer, TooManyEntriesError
from data.exchange.importing.source import EmptyFileError, Source, read_source
from data.exchange.registry import NoFormatError, detect_format, read_format

_SUFFIXES: Final = frozenset((".md", ".markdown", ".txt", ".text", ".org", ".csv", ".tsv", ".json", ".jsonl"))
"""The files of a folder that are read."""
MAX_FILES: Final = 20_000
_REPORTS: Final = 100
"""How often progress is reported."""


class ReaderFailedError(NotAllowedError):
    """A parser failed in a way that nobody expected: a bug of ours, reported as a sentence."""


class ImportFile(Struct, frozen=True):
    """A file to import.

    Attributes:
        path: Where it is.
        label: What it is called in what is said of it; "" for a file that is imported alone.
        source: What was read of it already, such as standard input.
    """

    path: Path
    label: str = ""
    source: Source | None = None


def files_of(paths: Sequence[Path], *, plain: bool = False) -> list[ImportFile]:
    """Return the files that paths name: a folder stands for those in it and below, but for hidden ones.

    Args:
        paths: Of files and folders.
        plain: Whether pipes and devices are refused: one that nobody writes to can be waited for, but not cancelled.

    Raises:
        NotAllowedError: There are none, too many, or one that may not be read.
        OSError: A folder can't be read.
    """
    if plain and any(path.exists() and not (path.is_file() or path.is_dir()) for path in paths):
        raise NotAllowedError("That is not a plain file.", "Choose a file, or a folder of files.")
    found = list(dict.fromkeys(file for path in paths for file in (_below(path) if path.is_dir() else (path,))))
    if not found:
        raise NotAllowedError(
            "There are no files to import in that folder.", f"It reads {', '.join(sorted(_SUFFIXES))}."
        )
    if len(found) > MAX_FILES:
        raise NotAllowedError(f"More than {MAX_FILES:,} files.", "Import them in parts.")
    if len(found) == 1:
        return [ImportFile(found[0])]
    shared = os.path.commonpath([file.absolute().parent for file in found])
    return [ImportFile(file, os.path.relpath(file.absolute(), shared)) for file in found]


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and below, by name; neither hidden ones nor those behind a link to a folder."""
    for place, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            if not name.startswith(".") and path.is_file():
                yield path


def _raise(error: OSError) -> None:
    raise error


def read_files(
    files: Sequence[ImportFile], options: ReadOptions, today: date, now: datetime, progress: OnProgress | None = None
) -> ImportContents:
    """Read files, each in its format.

    Of several, one that holds no wins is skipped and one that can't be read is refused, so that one import has all.

    Args:
        files: From `files_of`.
        options: What the person said about them.
        today: The local date.
        now: The moment, UTC.
        progress: Called with the share read, 0 to 1; what it raises stops the import.

    Raises:
        SmallWinsError: The only file can't be read, or there is more than can be imported.
        OSError: The only file can't be opened.
    """
    work = Normalizer(today, now, options.undated)
    if len(files) == 1:
        with _sentences():
            source, chosen, reading = _open(files[0], options)
        work.begin_file(chosen.name)
        _take_all(work, reading, _Share(progress, 0, 1))
        encoding, notes = source.encoding, (f"Read as {chosen.title}, {source.encoding}.", *reading.notes)
        return structs.replace(work.done(), title=chosen.title, columns=reading.columns, encoding=encoding, notes=notes)
    notes = tuple(
        note
        for index, file in enumerate(files)
        for note in _read_among_others(work, file, options, _Share(progress, index, len(files)))
    )
    return structs.replace(work.done(), title=plural(len(files), "file"), notes=tuple(dict.fromkeys(notes)))


def _read_among_others(work: Normalizer, file: ImportFile, options: ReadOptions, share: "_Share") -> tuple[str, ...]:
    """Read one of several files; return the sentences on how."""
    work.begin_file("", file.label)
    try:
        with _sentences():
            _, chosen, reading = _open(file, options)
        work.begin_file(chosen.name, file.label)
        _take_all(work, reading, share)
    except TooManyEntriesError:
        raise
    except (EmptyFileError, NoFormatError) as error:
        work.take(Skipped(0, error.message))
    except SmallWinsError as error:
        work.take(Refused(0, error.message))
    except OSError as error:
        work.take(Refused(0, f"It can't be read: {error.strerror or 'unknown reason'}."))
    else:
        return reading.notes
    return ()


def _open(file: ImportFile, options: ReadOptions) -> tuple[Source, ReadFormat, Reading]:
    if file.label and file.path.suffix.lower() not in _SUFFIXES and options.kind is None:
        raise NoFormatError("Not a kind of file that is imported.")
    source = file.source or read_source(file.path, options.encoding)
    kind = "csv" if options.kind is None and options.columns else options.kind
    chosen = read_format(kind) if kind is not None else detect_format(source)
    return source, chosen, chosen.read(source, options)


def _take_all(work: Normalizer, reading: Reading, share: "_Share") -> None:
    items = iter(reading.items)
    while True:
        with _sentences():
            item = next(items, None)
        if item is None:
            return
        share.report(item.line, reading.total)
        work.take(item)


class _Share:
    """Reports how much is read, now and then."""

    def __init__(self, progress: OnProgress | None, index: int, count: int) -> None:
        self._progress = progress
        self._index = index
        self._count = count
        self._last = 0.0

    def report(self, line: int, total: int) -> None:
        """Report that a line is read, unless it is hardly further than the last one."""
        if self._progress is None:
            return
        share = (self._index + line / max(1, total)) / self._count
        if share - self._last >= 1 / _REPORTS or self._last == 0:
            self._last = share
            self._progress(share)


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn whatever a parser raises into a sentence: a stranger's file ends neither the app nor the shell."""
    try:
        yield
    except (SmallWinsError, OSError):
        raise
    except Exception as error:
        what = f"The file can't be read ({type(error).__name__})."
        raise ReaderFailedError(what, "Is it the right --format? Please report this as a bug.") from error
