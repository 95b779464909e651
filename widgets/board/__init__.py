"""Columns of cards, and the drag between them. They must not know what a move means: they post it."""
