"""Clinical rules: pure functions on drafts, without Flask, database or clock."""
