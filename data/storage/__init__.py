"""The journal's file, its backups and the doctor. It must not know statistics, nor other programs' formats."""
