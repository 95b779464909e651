"""Two copies of a journal become one: states, joins, repairs. It must not know of a screen or of the command line."""
