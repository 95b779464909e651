"""Files that hold no text: named for what they are, with the way to get text out of them. Nothing is unpacked."""

from collections.abc import Callable
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

_ZIP: Final = b"PK\x03\x04"
_UNPACK: Final = "Unpack it, and import the files inside."
_KINDS: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"\x1f\x8b", "a gzip file", _UNPACK),
    (b"BZh", "a bzip2 file", _UNPACK),
    (b"\xfd7zXZ", "an xz file", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstandard file", _UNPACK),
    (b"7z\xbc\xaf", "a 7-Zip file", _UNPACK),
    (b"Rar!", "a RAR file", _UNPACK),
    (b"%PDF", "a PDF", "Export it as text, CSV or JSON first."),
    (b"SQLite format 3", "a database (SQLite)", "Export it from its program as CSV or JSON first."),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word file", "Save it as CSV or plain text first."),
    (b"{\\rtf", "a rich text file (RTF)", "Save it as plain text first."),
)
"""How a file begins, what it is, and what to do."""
_SPREADSHEET: Final = "In the spreadsheet, save the sheet as CSV, and import that."
_DOCUMENT: Final = "Save it as plain text or Markdown first."
_ZIPPED: Final[tuple[tuple[Callable[[str], bool], str, str], ...]] = (
    (lambda name: name.startswith("xl/"), "an Excel workbook (.xlsx)", _SPREADSHEET),
    (lambda name: name.startswith("word/"), "a Word document (.docx)", _DOCUMENT),
    (lambda name: name.startswith("ppt/"), "a PowerPoint file (.pptx)", _DOCUMENT),
    (lambda name: name.startswith("Index/") and name.endswith(".iwa"), "a Numbers or Pages file", _SPREADSHEET),
    (lambda name: name == "META-INF/container.xml", "an e-book (EPUB)", _DOCUMENT),
    (
        lambda name: "/" not in name and name.endswith(".json"),
        "a zip file with JSON",
        "Unpack it, and import the JSON.",
    ),
    (lambda name: name.endswith(".csv"), "a zip file with CSV", _UNPACK),
    (lambda name: name.endswith(".md"), "a zip file with Markdown", _UNPACK),
)
"""Which file inside tells what a zip file is; the first that fits."""
_SUFFIXES: Final = {".xlsx": 0, ".xlsm": 0, ".docx": 1, ".pptx": 2, ".numbers": 3, ".pages": 3, ".epub": 4}
"""Of a zip file that is cut off its name has to do."""
_MAX_NAMES: Final = 10_000


def describe_packed(data: bytes, suffix: str = "") -> tuple[str, str] | None:
    """Return what a file without text is, and what to do about it; None for one that may be text.

    Args:
        data: The file.
        suffix: The end of its name, such as ".xlsx".
    """
    if data.startswith(_ZIP):
        return _describe_zip(data, suffix)
    return next(((what, hint) for start, what, hint in _KINDS if data.startswith(start)), None)


def _describe_zip(data: bytes, suffix: str) -> tuple[str, str]:
    names = _names(data)
    if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in data[:200]:
        return "an OpenDocument spreadsheet (.ods)", _SPREADSHEET
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]:
        return "an OpenDocument file", _DOCUMENT
    for fits, what, hint in _ZIPPED:
        if any(map(fits, names)):
            return what, hint
    if suffix in _SUFFIXES:
        _, what, hint = _ZIPPED[_SUFFIXES[suffix]]
        return what, hint
    return "a zip file", _UNPACK


def _names(data: bytes) -> list[str]:
    """Return the names in a zip file; what is packed is not touched."""
    try:
        with ZipFile(BytesIO(data)) as found:
            return found.namelist()[:_MAX_NAMES]
    except (BadZipFile, ValueError, OSError, NotImplementedError, OverflowError, UnicodeError, LookupError):
        return []
