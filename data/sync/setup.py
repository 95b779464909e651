"""Setting up sync: which kind of remote it is, whose journal lies there, and the code for the next device."""

import platform
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from data.base.errors import NotAllowedError
from data.base.text import clean_line
from data.sync.batches import BatchError, decode_batch
from data.sync.remote import KEY_FILE, MARK_FILE, README, Remote
from data.sync.sealing import Seal, key_under, new_code, new_seal, seal_from
from data.sync.sync_folder import SyncConfig, SyncFolder
from data.sync.sync_pass import SyncPass, replace_all

if TYPE_CHECKING:
    from data.storage.store import Store  # imported while git fetches

_ANOTHER = "Name another folder or repository."
_NO_KEY = "What lies there has no key beside it (key.age), so nothing was sent."
_WAIT = "Where it is still arriving, try again once all of it is there; else name another folder or repository."


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
        from data.sync.git_remote import GitRemote  # noqa: PLC0415 - a folder needs no processes

        return GitRemote(address, folder.path / "repo.git", may_ask=may_ask)
    from data.sync.folder_remote import FolderRemote  # noqa: PLC0415 - as above

    return FolderRemote(Path(address))


def set_up(
    store: "Store", folder: SyncFolder, address: str, *, remote: Remote, ask_code: Callable[[], str]
) -> NewRemote:
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
    listing, sealed_key = remote.look(), remote.read(KEY_FILE)
    if listing and not sealed_key:
        raise NotAllowedError(_NO_KEY, _WAIT)
    code = "" if sealed_key else new_code()
    seal = seal_from(ask_code(), sealed_key) if sealed_key else Seal(folder.key) if folder.key else new_seal()
    if listing and not _is_ours(seal, listing, remote):
        raise _foreign()
    store.back_up("merge")
    if code:
        sealed_key = key_under(code, seal)
        remote.send({KEY_FILE: sealed_key, MARK_FILE: seal.mark, "README.md": README})
    elif remote.read(MARK_FILE).strip() != seal.mark:
        remote.send({MARK_FILE: seal.mark})
    if folder.key and folder.key != seal.key:
        folder.start_anew()  # what was sent to the devices before, these have not got
    folder.keep_sealed_key(sealed_key)
    folder.set_up(SyncConfig(address, clean_line(platform.node())[:60]), seal.key)
    return NewRemote(code)


def renew_key(store: "Store", folder: SyncFolder, address: str, *, remote: Remote) -> NewRemote:
    """Put this journal, under a new key, in the place of all that lies at its remote: for a laptop that was stolen.

    The other devices are told so at their next pass, and ask for the new code when they are set up again.

    Args:
        store: The journal; it is backed up first.
        folder: What sync keeps beside it.
        address: Where the remote is, as it is kept.
        remote: The remote.

    Raises:
        NotAllowedError: What lies there is not of this journal; nothing is sent or written.
        SmallWinsError: The remote can't be reached, or was changed at the same moment.
    """
    listing = remote.look()
    if listing and not (folder.key and _is_ours(Seal(folder.key), listing, remote)):
        raise _foreign()
    store.back_up("merge")
    seal, code = new_seal(), new_code()
    sealed_key = key_under(code, seal)
    replace_all(remote, {KEY_FILE: sealed_key, MARK_FILE: seal.mark, "README.md": README})
    folder.start_anew()
    folder.keep_sealed_key(sealed_key)
    folder.set_up(SyncConfig(address, clean_line(platform.node())[:60]), seal.key)
    return NewRemote(code)


def _foreign() -> NotAllowedError:
    return NotAllowedError("That remote holds another journal; nothing was sent.", _ANOTHER)


def _is_ours(seal: Seal, listing: Mapping[str, str], remote: Remote) -> bool:
    """Return whether a key opens any batch of a remote."""
    return any(_opens(seal, sealed) for sealed in remote.read_all(listing.values()))


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
    code, seal = new_code(), Seal(folder.key)
    sealed_key = key_under(code, seal)
    remote.send({KEY_FILE: sealed_key, MARK_FILE: seal.mark})
    folder.keep_sealed_key(sealed_key)
    return code


def sync_pass(
    open_store: Callable[[], "Store"], folder: SyncFolder, now: Callable[[], datetime], *, may_ask: bool = False
) -> SyncPass:
    """Return a pass as it was set up.

    Args:
        open_store: Opens the journal, once there is something to do.
        folder: What sync keeps beside it.
        now: The clock, UTC.
        may_ask: Whether git may ask the person on the terminal.

    Raises:
        NotAllowedError: Sync is not set up.
    """
    config = folder.config
    if config is None or not folder.key:
        raise NotAllowedError("Sync is not set up.", "`smallwins sync setup WHERE` does that.")
    remote = open_remote(config.remote, folder, may_ask=may_ask)
    return SyncPass(open_store, folder, remote=remote, seal=Seal(folder.key), now=now, device=config.device)
