"""The clinic's policy: what it makes stricter in the safety check, and who reviewed that."""
