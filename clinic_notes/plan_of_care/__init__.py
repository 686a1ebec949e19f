"""Plan of care of an episode: its goals."""
