"""Makes records in bulk: the drafts, rules and rows of the actions, written many at once."""
