"""The one reader of dates that people and programs write. It must not know a clock, a file or a format."""
