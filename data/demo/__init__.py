"""A made-up half-year, to look around in. It must not know the file: it is a journal, as any other."""
