"""The history of changes, undo and redo. It must not know how it is stored."""
