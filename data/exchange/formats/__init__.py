"""One module per file format that is read, or read and written. Must not know the others, nor the journal's file."""
