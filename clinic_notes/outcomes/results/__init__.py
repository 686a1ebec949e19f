"""What treatment changed in a period, for the manager."""
