"""Plan of care of an episode: goals, what was done when due, closings."""
