"""Reports about an episode: written, signed, shown."""
