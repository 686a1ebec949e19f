"""Equipment: instruments and lubricants."""
