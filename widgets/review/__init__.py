"""What a review is answered with: scales, choices, scores, progress. They must not know the next question."""
