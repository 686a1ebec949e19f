"""Comparing and merging two versions of one visit."""
