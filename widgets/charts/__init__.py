"""Charts from values, and the one door to plotext. They must not know a journal."""
