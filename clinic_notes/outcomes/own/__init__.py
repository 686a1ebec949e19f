"""A therapist's own results beside the clinic's; never those of a colleague."""
