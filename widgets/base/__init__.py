"""What all widgets share: cells, their width, what is asked of Textual in private. It must not know a widget."""
