"""The door from the operating system: `smallwins` and `python -m tui`."""

import codecs
import gc
import os
import sys
from io import TextIOWrapper
from typing import NoReturn

STANDS_IN = "smallwins.stand-in"
"""The name that `codecs` knows the handler by that says what stands in for a letter which an encoding has not."""


def _open_what_is_closed() -> None:
    """Give the program the three streams it counts on, where the shell closed one (`>&-`)."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - open until the end


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


def main() -> NoReturn:
    """Run the command line.

    A command is over before there is anything to collect, and looking for it costs `add` a quarter of its time: while
    modules are imported, and again when Python takes itself apart, unless everything is frozen. The app collects.
    """
    gc.disable()
    _open_what_is_closed()
    codecs.register_error(STANDS_IN, _stand_in)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=STANDS_IN)  # a locale without a letter for it is no reason to fail
    try:
        from tui.cli.fast_start import open_bare  # noqa: PLC0415 - so that Ctrl-C is quiet during the imports too

        if (code := open_bare(sys.argv[1:])) is not None:
            sys.exit(code)
        from tui.cli.main import cli  # noqa: PLC0415

        cli.main(prog_name="smallwins")
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        _drop_what_no_stream_takes()
        gc.freeze()


if __name__ == "__main__":
    main()
