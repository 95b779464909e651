"""Setting up sync: which kind of remote it is, whose journal lies there, and the code for the next device."""

import platform
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from data.base.errors import NotAllowedError
from data.base.text import clean_line
from data.storage.store import Store
from data.sync.batches import BatchError, decode_batch
from data.sync.folder_remote import FolderRemote
from data.sync.git_remote import GitRemote
from data.sync.remote import KEY_FILE, README, Remote
from data.sync.sealing import Seal, key_under, new_code, new_seal, seal_from
from data.sync.sync_folder import SyncConfig, SyncFolder
from data.sync.sync_pass import SyncPass

_ANOTHER = "Name another folder or repository."


class NewRemote(Struct, frozen=True):
    """What setup did: the code to write down, or "" where this device joined others."""

    code: str


def is_git(address: str) -> bool:
    """Return whether an address is a git repository's rather than a folder's."""
    return ":" in address or address.rstrip("/").endswith(".git")


def open_remote(address: str, folder: SyncFolder, *, may_ask: bool = False) -> Remote:
    """Return the remote of an address.

    Args:
        address: A repository as `git clone` takes it, or a folder that another program syncs.
        folder: What sync keeps beside the journal.
        may_ask: Whether git may ask the person on the terminal.
    """
    if is_git(address):
        return GitRemote(address, folder.path / "repo.git", may_ask=may_ask)
    return FolderRemote(Path(address))


def set_up(store: Store, folder: SyncFolder, address: str, *, remote: Remote, ask_code: Callable[[], str]) -> NewRemote:
    """Begin to keep a journal with others.

    Args:
        store: The journal; it is backed up first.
        folder: What sync keeps beside it.
        address: Where the remote is, as it is kept.
        remote: The remote.
        ask_code: Asks the person for the code of another device.

    Raises:
        NotAllowedError: The code is wrong, or the remote holds another journal; nothing is sent or written.
        SmallWinsError: The remote can't be reached.
    """
    listing, sealed_key = remote.look(), remote.key()
    if listing and not sealed_key:
        raise NotAllowedError("That remote holds another journal; nothing was sent.", _ANOTHER)
    code = "" if sealed_key else new_code()
    seal = seal_from(ask_code(), sealed_key) if sealed_key else Seal(folder.key) if folder.key else new_seal()
    if listing and not any(_opens(seal, remote.read(path)) for path in listing.values()):
        raise NotAllowedError("That remote holds another journal; nothing was sent.", _ANOTHER)
    store.back_up("merge")
    if code:
        remote.send({KEY_FILE: key_under(code, seal), "README.md": README})
    folder.set_up(SyncConfig(address, clean_line(platform.node())[:60]), seal.key)
    return NewRemote(code)


def _opens(seal: Seal, sealed: bytes) -> bool:
    opened = seal.open(sealed)
    try:
        return opened is not None and bool(decode_batch(opened).head.format)
    except BatchError:
        return False


def new_code_for(folder: SyncFolder, remote: Remote) -> str:
    """Put the key under a new code, for the next device; the old code opens nothing any more.

    Raises:
        SmallWinsError: The remote can't be reached.
    """
    remote.look()
    code = new_code()
    remote.send({KEY_FILE: key_under(code, Seal(folder.key))})
    return code


def sync_pass(store: Store, folder: SyncFolder, now: Callable[[], datetime], *, may_ask: bool = False) -> SyncPass:
    """Return a pass as it was set up.

    Raises:
        NotAllowedError: Sync is not set up.
    """
    config = folder.config
    if config is None or not folder.key:
        raise NotAllowedError("Sync is not set up.", "`smallwins sync setup WHERE` does that.")
    remote = open_remote(config.remote, folder, may_ask=may_ask)
    return SyncPass(store, folder, remote=remote, seal=Seal(folder.key), now=now, device=config.device)
