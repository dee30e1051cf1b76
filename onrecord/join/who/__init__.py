"""The same person, body or place in several reports."""
