"""`python -m tui` is `smallwins`."""

from tui.cli import main

if __name__ == "__main__":
    main()
