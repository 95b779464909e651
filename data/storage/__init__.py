"""The journal in its file, its backups, and the doctor. It must not know figures, nor other programs' formats."""
