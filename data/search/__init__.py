"""Which wins are meant: filters, words, starts of ids. It must not know where the words were typed."""
