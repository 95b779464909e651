"""Import and export: one module per file format, listed in `registry`. Must not know the screen."""
