"""What changed, and how to undo it. It must not know where that is kept."""
