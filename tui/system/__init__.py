"""The clock, the terminal, the editor and crash reports: what is outside. It must not know a page."""
