"""How things look: values in, messages out. They must not know the file or the clock."""
