"""What is on the shelf: instruments and lubricants."""
