"""The records behind a figure: episodes and sessions, each leading to its patient."""
