"""What a form says while it is typed in, so that its text outlives the app."""

from textual.message import Message

from data.files.drafts import DraftKey


class DraftChanged(Message):
    """The text of a form changed; who keeps drafts wants to know.

    Attributes:
        key: Whose text it is.
        fields: The form as it stands, or None while it says nothing new.
    """

    def __init__(self, key: DraftKey, fields: dict[str, str] | None) -> None:
        super().__init__()
        self.key = key
        self.fields = fields
