"""The palette as a menu of everything: what a key does now, verbs first, in an order that does not change."""

from textual.command import DiscoveryHit, Hits
from textual.system_commands import SystemCommandsProvider


class OrderedCommands(SystemCommandsProvider):
    """Lists the commands in the order they are given; Textual's own sorts them by their letters."""

    async def discover(self) -> Hits:
        """Yield everything there is before a word is typed."""
        for name, words, callback, _ in self.app.get_system_commands(self.screen):
            yield DiscoveryHit(name, callback, help=words)
