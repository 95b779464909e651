"""The door from the operating system: `smallwins` and `python -m tui`."""

import gc
import os
import sys
from io import TextIOWrapper
from typing import NoReturn


def _open_what_is_closed() -> None:
    """Give the program the three streams it counts on, where the shell closed one (`>&-`)."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - open until the end


def main() -> NoReturn:
    """Run the command line.

    A command is over before there is anything to collect, and looking for it costs `add` a quarter of its time: while
    modules are imported, and again when Python takes itself apart, unless everything is frozen. The app collects.
    """
    gc.disable()
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a locale without a letter for it is no reason to fail
    try:
        from tui.cli import cli  # noqa: PLC0415 - so that Ctrl-C is quiet during the imports too

        cli.main(prog_name="smallwins")
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
