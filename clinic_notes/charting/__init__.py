"""The visit: screening, treatment, readings before and after, response, note, signing."""
