"""What the weekly review asks, and when. It must not know a page."""
