"""What git says, as sentences of ours: its own words are never shown."""

import re
import subprocess
from typing import Final

from data.sync.remote import OfflineError, RefusedError

_BY_HAND: Final = "Run `smallwins sync` in a terminal: it may ask there."
ANOTHER_PLACE: Final = "`smallwins sync setup` takes another address."
TOO_MUCH: Final = "That repository holds too much for a journal."
_CAUSES: Final = (
    (r"denying non-fast-forward", "The server never lets a branch be replaced.", ANOTHER_PLACE),
    (r"remote rejected", "The server takes nothing from this computer.", "May your account write there?"),
    (r"host key verification failed|authenticity of host", "The server's key is not known on this computer.", _BY_HAND),
    (
        r"dubious ownership",
        "That repository belongs to another account of this computer.",
        "`git config --global --add safe.directory` with its folder says that it may be used.",
    ),
    (
        r"permission denied|authentication failed|could not read username|prompts disabled|publickey|error: 40[13]\b",
        "The server does not know this computer's key.",
        _BY_HAND,
    ),
    (
        r"not found|does not exist|not appear to be a git repository|no such file",
        "There is no such repository.",
        "Make it at the host first.",
    ),
    (r"protocol .* (is )?not allowed|transport .* not allowed", "That is no address that sync can use.", ANOTHER_PLACE),
)


def trouble_of(done: subprocess.CompletedProcess[bytes]) -> OfflineError | RefusedError:
    """Return the sentence for what git said; its own words are never shown."""
    said = (done.stderr + done.stdout).decode(errors="replace").lower()
    for pattern, sentence, hint in _CAUSES:
        if re.search(pattern, said):
            return RefusedError(sentence, hint)
    return OfflineError("The server can't be reached.", "Everything is kept, and sent later.")
