"""What forms are made of: fields that strip and refuse, rows, and limits in words."""
