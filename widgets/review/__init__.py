"""What a review shows and is answered with: scales, choices, bars, open steps. They must not know the next question."""
