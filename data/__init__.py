"""What a win is, what it adds up to, and where it is kept."""

__version__ = "0.1.0"
