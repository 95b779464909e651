"""The weekly review, a module for each part. It must not know when a review is due: `data.review` says so."""
