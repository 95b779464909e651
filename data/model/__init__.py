"""Wins, goals, steps and reviews, and the pure edits that change them. It must not know a file or a clock."""
