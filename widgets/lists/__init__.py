"""Trees of chains, lists of goals, values to choose from. They must not know what opens them."""
