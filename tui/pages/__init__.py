"""The five screens: each is handed a journal and posts what is to change. They must not know the app or the file."""
