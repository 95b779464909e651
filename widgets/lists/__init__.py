"""Trees of chains and lists of goals. They must not know what opens them."""
