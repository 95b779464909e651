"""The inbox: a file or folder that any program may write wins to, a line each. It must not know a screen."""
