"""The clinic over time, for its manager."""
