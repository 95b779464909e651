"""A file name, as an argument or an option."""

import os

import click


class FileName(click.Path):
    """A file name that isn't empty; an empty one would mean the current folder."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Refuse an empty name."""
        if value == "":
            self.fail("The file name is empty.", param, ctx)
        return super().convert(value, param, ctx)
