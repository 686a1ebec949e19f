"""What the main pages cost, beside the least they could cost on the same machine."""
