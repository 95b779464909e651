"""What can be wrong with what sync keeps beside a journal."""

from collections.abc import Iterator

from data.base.errors import SmallWinsError
from data.base.formatting import plural
from data.sync.batches import name_of
from data.sync.sealing import Seal
from data.sync.sync_folder import SyncFolder


def sync_problems(folder: SyncFolder, base: str) -> Iterator[str]:
    """Yield what is wrong, a sentence each; nothing where sync is not set up.

    Args:
        folder: What sync keeps beside the journal.
        base: The name of the base that the journal names, or "".
    """
    try:
        if folder.config is None:
            return
        Seal(folder.key)
    except SmallWinsError as error:
        yield str(error)
        return
    for path in (folder.path, *folder.path.iterdir()):
        if path.stat().st_mode & 0o077:
            yield f"Others may look into {path}."
    known = folder.base(base)
    if base and known is None:
        yield "What sync knew of the journal is damaged; the next pass meets the other devices anew."
    elif known is not None and known.reported:
        parts = plural(len(known.reported), "part")
        yield f"{parts} at the remote can't be opened; the devices that wrote them were asked to send them again."
    if any(name_of(sealed) != name for name, sealed in folder.outbox().items()):
        yield "What was to be sent is damaged; the other devices will ask for it once more."
    status = folder.status
    if status is not None and status.trouble and not status.offline:
        yield f"The last pass of sync failed: {status.trouble}"
