"""The bars above and below a page, and what stands in them. They must not know which page it is."""
