"""Text, numbers, dates, weeks and errors: what everything else is said in. It must not know what a win is."""
