"""Reference data: catalogues of what exists, with sources."""
