"""The door from the operating system: `smallwins` and `python -m tui`."""

import codecs
import gc
import os
import sys
from io import TextIOWrapper

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing takes longer than all of this, and Ctrl-C would be a traceback meanwhile
    from typing import NoReturn

_STANDS_IN = "smallwins.stand-in"
"""The name that `codecs` knows the handler by that says what stands in for a letter which an encoding has not."""

_DAY = 86_400
"""Seconds."""


def _open_what_is_closed() -> None:
    """Give the program the three streams it counts on, where the shell closed one (`>&-`)."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - open until the end


def _mend_clock() -> None:
    """Take the system's time zone where TZ names one that no date can have, such as UTC+99."""
    import time  # noqa: PLC0415 - so that Ctrl-C is quiet during the imports too

    if abs(time.localtime().tm_gmtoff) >= _DAY:
        sys.stderr.write("smallwins: TZ is not a time zone; the system's own is used.\n")
        del os.environ["TZ"]
        time.tzset()


def _stand_in(error: UnicodeError) -> tuple[str | bytes, int]:
    from tui.system.ascii_fallback import stand_in  # noqa: PLC0415 - terminals of today never need it

    return stand_in(error)


def _drop_what_no_stream_takes() -> None:
    """Forget what a full disk did not take: it was told of, and Python would complain once more at its end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _fail(error: Exception) -> int:
    """Say where the program failed, and return the exit code."""
    from contextlib import suppress  # noqa: PLC0415 - no run that works needs it

    with suppress(OSError):
        sys.stderr.write(_report(error))
    return 1


def _report(error: Exception) -> str:
    if isinstance(error, ImportError):
        from tui.system.foreign_package import explain_import_error  # noqa: PLC0415 - no run that works needs it

        if explanation := explain_import_error(error):
            return explanation
    from tui.system.crash_report import crash_report  # noqa: PLC0415 - as above

    return crash_report(error)


def main() -> "NoReturn":
    """Run the command line.

    A command is over before there is anything to collect, and looking for it costs `add` a quarter of its time: while
    modules are imported, and again when Python takes itself apart, unless everything is frozen. The app collects.
    """
    try:
        gc.disable()
        _open_what_is_closed()
        _mend_clock()
        codecs.register_error(_STANDS_IN, _stand_in)
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors=_STANDS_IN)  # a locale without a letter for it is no reason to fail
        from tui.cli.main import cli  # noqa: PLC0415 - so that Ctrl-C is quiet during the imports too

        cli.main(prog_name="smallwins")
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 - the net below everything: a traceback could show somebody's diary
        sys.exit(_fail(error))
    finally:
        _drop_what_no_stream_takes()
        gc.freeze()


if __name__ == "__main__":
    main()
