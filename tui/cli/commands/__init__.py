"""One module for each group of commands. They must not know each other; what they share is in `tui.cli.shared`."""
