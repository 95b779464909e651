"""The evidence sheet as a value, and its Markdown and HTML. Must not know how wins are imported."""
