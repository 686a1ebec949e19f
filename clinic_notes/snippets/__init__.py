"""Text snippets: phrases of a therapist or of the clinic, inserted into notes."""
