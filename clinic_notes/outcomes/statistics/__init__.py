"""The statistics of the manager's pages: numbers in, figures out."""
