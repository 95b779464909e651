"""How things look: values in, messages out."""
