"""The errors a person can meet, each with what happened and what to do about it."""


class SmallWinsError(Exception):
    """Something could not be done.

    Attributes:
        message: What happened, a plain sentence. It never holds the text of a win.
        hint: What the person can do about it, a plain sentence, or "".
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        if not self.hint:
            return self.message
        stop = "" if self.message.endswith(".") else "."  # a path at the end has none, so that it can be copied
        return f"{self.message}{stop} {self.hint}"


class NotAllowedError(SmallWinsError):
    """A change that would break a rule of the journal: a loop of doors, a title without letters."""


class LoopError(NotAllowedError):
    """A link by which a win would open itself.

    Attributes:
        loop: The ids of the wins it would lead through, each opening the next, the first one again at the end.
    """

    def __init__(self, message: str, hint: str, loop: tuple[str, ...]) -> None:
        super().__init__(message, hint)
        self.loop = loop


class NotFoundError(SmallWinsError):
    """Nothing, or more than one thing, answers to that name."""


class JournalFileError(SmallWinsError):
    """The file can't be understood; it is left as it is."""


class ReadOnlyError(SmallWinsError):
    """The journal is read-only."""


class SaveError(SmallWinsError):
    """A change could not be written; the file and memory are as they were."""


class BusyError(SaveError):
    """Another program has held the journal for too long."""
