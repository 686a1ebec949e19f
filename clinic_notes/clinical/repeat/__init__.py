"""Repeating the treatment of an earlier session."""
