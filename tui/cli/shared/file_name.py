"""The name of a file, as an argument or an option."""

import os

import click


class FileName(click.Path):
    """A file that has a name; without one it would be taken for the folder we are in."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Refuse an empty name."""
        if value == "":
            self.fail("The file's name is empty.", param, ctx)
        return super().convert(value, param, ctx)
