"""Sealing: what leaves this computer can be read by whoever holds its key, and by nobody else.

The key is an age identity (X25519). A second device gets it from `key.age` beside the batches, sealed by a code of 20
letters that the person types once. Writing needs the key too: no file of age tells the public half.
"""

import os
from hashlib import sha256
from typing import Final

from pyrage import DecryptError, IdentityError, decrypt, encrypt, passphrase, x25519

from data.base.errors import NotAllowedError

_AGAIN: Final = "`smallwins sync setup` asks for the code again."
_SHOWN: Final = "`smallwins sync code` on the other computer makes a new one."
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's alphabet: no letter that is read as another."""
_CODE: Final = 20
_ALIKE: Final = str.maketrans("OIL", "011")


class Seal:
    """The key of a journal that is kept on several devices."""

    def __init__(self, key: str) -> None:
        """Take the key.

        Args:
            key: The text of an age identity.

        Raises:
            NotAllowedError: It is none.
        """
        try:
            self._identity = x25519.Identity.from_str(key.strip())
        except IdentityError as error:
            raise NotAllowedError("The key of sync is damaged.", _AGAIN) from error

    @property
    def key(self) -> str:
        """The text of the key, for a file that nobody else may read."""
        return str(self._identity)

    @property
    def mark(self) -> bytes:
        """What tells this key from others, and nothing of it: to write a batch takes the public half itself."""
        return sha256(str(self._identity.to_public()).encode()).hexdigest()[:16].encode()

    def seal(self, data: bytes) -> bytes:
        """Return bytes that only this key opens."""
        return bytes(encrypt(data, [self._identity.to_public()]))

    def open(self, sealed: bytes) -> bytes | None:
        """Return what was sealed, or None where another key did it or it is damaged."""
        try:
            return bytes(decrypt(sealed, [self._identity]))
        except DecryptError:
            return None


def new_seal() -> Seal:
    """Return a seal with a new key."""
    return Seal(str(x25519.Identity.generate()))


def new_code() -> str:
    """Return a new code, 100 random bits as four groups of five letters."""
    letters = "".join(_LETTERS[byte % 32] for byte in os.urandom(_CODE))
    return "-".join(letters[start : start + 5] for start in range(0, _CODE, 5))


def _plain(code: str) -> str:
    return "".join(letter for letter in code.upper().translate(_ALIKE) if letter in _LETTERS)


def key_under(code: str, seal: Seal) -> bytes:
    """Return the key sealed by a code; takes seconds on purpose."""
    return bytes(passphrase.encrypt(seal.key.encode(), _plain(code)))


def seal_from(code: str, sealed: bytes) -> Seal:
    """Return the seal whose key a code opens.

    Raises:
        NotAllowedError: It is not that code.
    """
    try:
        return Seal(passphrase.decrypt(sealed, _plain(code)).decode())
    except (DecryptError, UnicodeDecodeError) as error:
        raise NotAllowedError("That is not the code of this journal.", _SHOWN) from error
