"""A field of one line that leaves the keys it has no use for to what is around it."""

from widgets.base.text_input import TextInput


class LineInput(TextInput):
    """A field of one line that leaves the keys it has no use for to the part around it."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let go of the keys that scroll, and of backspace while there is nothing to delete."""
        if action in ("scroll_up", "scroll_down", "page_up", "page_down") or (
            action == "delete_left" and not self.value
        ):
            return False
        return super().check_action(action, parameters)
