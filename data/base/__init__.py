"""Text, numbers, dates, weeks and errors, which everything else builds on. It must not know what a win is."""
