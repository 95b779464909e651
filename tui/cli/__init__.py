"""The command line: one call, one command, one exit code. It must not import Textual, Rich or plotext."""
