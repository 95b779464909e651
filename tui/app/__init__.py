"""The app and the parts it holds: saving, undo, drafts, keys, ways between pages. Commands must not import it first."""
