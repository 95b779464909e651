"""What a win is, what it adds up to, and where it is kept. It must not know of a screen."""

__version__ = "0.2.0"
