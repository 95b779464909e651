"""Screens above a page that ask for one thing and return it. They must not know a page, the app or the file."""
