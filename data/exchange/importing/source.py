"""A file of another program: its bytes held to a limit, and its text whatever the encoding.

A stranger wrote it. It is read once, whole, and never more of it than the limit; what is packed is not unpacked.
"""

import codecs
import re
from pathlib import Path
from typing import BinaryIO, Final

from msgspec import Struct

from data.base.errors import NotAllowedError
from data.exchange.importing.packed import describe_packed

MAX_FILE_BYTES: Final = 20_000_000
"""Bytes in a file."""
MAX_IMPORT_ENTRIES: Final = 100_000
"""Entries in a file."""
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LIKELY: Final = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "iso8859_2", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr",
)  # fmt: skip
_LAST_ALPHABET: Final = 0x20
"""The first byte, in UTF-16, of the dashes and quotes that come after the alphabets of the world; CJK comes later."""
_ENDS: Final = re.compile(r"\r\n?")
_SAMPLE: Final = 200_000
"""Bytes that are looked at to guess an encoding."""


class EmptyFileError(NotAllowedError):
    """A file without text: among several it is passed over."""


class Source(Struct, frozen=True):
    """A file that was read.

    Attributes:
        name: Its name without folders, for what it tells of the format; "" from a pipe.
        text: What it says, with plain line ends.
        encoding: How it was understood.
    """

    name: str
    text: str
    encoding: str

    @property
    def suffix(self) -> str:
        """The end of its name, such as ".csv"; "" without one."""
        return Path(self.name).suffix.lower()


def read_source(path: Path, encoding: str | None = None) -> Source:
    """Read a file; a pipe too, but then until the program at its other end closes it.

    Raises:
        NotAllowedError: It is too large, packed, or not text.
        OSError: It can't be read.
    """
    with path.open("rb") as stream:
        return read_stream(stream, path.name, encoding)


def read_stream(stream: BinaryIO, name: str = "", encoding: str | None = None) -> Source:
    """Read a stream, such as stdin, as `read_source` reads a file.

    Raises:
        NotAllowedError: It is too large, packed, or not text.
        OSError: It can't be read.
    """
    try:
        data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        error.filename = name or "stdin"  # an error of reading has none, and would pass for one of the output
        raise
    if len(data) > MAX_FILE_BYTES:
        raise NotAllowedError(f"More than {MAX_FILE_BYTES // 1_000_000} MB.", "Split the file, and import the parts.")
    return source_of(data, name, encoding)


def source_of(data: bytes, name: str = "", encoding: str | None = None) -> Source:
    """Return bytes as text.

    Raises:
        NotAllowedError: They are packed, or not text, or not in the encoding that was named.
    """
    packed = describe_packed(data, Path(name).suffix.lower())
    if packed is not None:
        raise NotAllowedError(f"That is {packed[0]}, not text.", packed[1])
    text, used = _named(data, encoding) if encoding else _decoded(data)
    if "\0" in text:
        raise NotAllowedError("That is not a text file.", "Export it as text, CSV or JSON first.")
    if not text.strip("\ufeff\r\n\t "):
        raise EmptyFileError("The file is empty.", "Is it the right file?")
    return Source(Path(name).name, _ENDS.sub("\n", text.removeprefix("\ufeff")), used)


def _named(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        text = data.decode(encoding)
        text.encode()  # UTF-7 and escapes let halves of characters through, which can be written nowhere
    except (LookupError, UnicodeError) as error:
        raise NotAllowedError(f"That can't be read as {encoding}.", "Leave --encoding out to detect it.") from error
    return text, encoding


def _decoded(data: bytes) -> tuple[str, str]:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _silent_utf16(data) or "utf-8"
    try:
        return data.decode(encoding), encoding
    except UnicodeError as error:
        if encoding != "utf-8":
            raise NotAllowedError(
                f"That begins as {encoding}, and goes on as something else.", "Save it again."
            ) from error
    encoding = _guess(data)
    return data.decode(encoding, "replace"), encoding


def _silent_utf16(data: bytes) -> str | None:
    """Return which UTF-16 bytes without a mark are: no other text has zeros, and it has them on one side.

    There stand the numbers of alphabets, all of them small. Those of Chinese and Japanese are not: where there is more
    of these than of Latin, a mark is needed, for other bytes with a zero among them could be taken for it.
    """
    sample = data[:_SAMPLE]
    first, second = sample[0::2], sample[1::2]
    high, low, name = (first, second, "utf-16-be") if first.count(0) > second.count(0) else (second, first, "utf-16-le")
    if low.count(0) * 10 >= high.count(0):
        return None
    small = sum(byte <= _LAST_ALPHABET for byte in high)
    return name if small * 10 >= len(high) * 9 or high.count(0) * 3 >= len(sample) else None


def _guess(data: bytes) -> str:
    """Return the likeliest encoding of bytes that are not UTF-8; where several are, the one of Western Europe."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 60 ms, paid by such files alone

    found = list(from_bytes(data[:_SAMPLE], cp_isolation=list(_LIKELY)))
    if not found:
        raise NotAllowedError("That is not a text file, or its encoding is unknown.", "Save it as UTF-8 first.")
    best = [match for match in found if match.chaos <= found[0].chaos + 0.02]
    western = any("cp1252" in match.could_be_from_charset for match in best)
    return "cp1252" if western else found[0].encoding
