"""The dialogs of import and export. Must not save anything: they return what the app then does."""
