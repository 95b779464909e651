"""Folders, locks, settings and drafts: files of ours, and how they are written. It must not know what a journal is."""
