"""From a stranger's file to a plan of what to add. Must not know any one format."""
