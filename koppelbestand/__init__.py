"""Linking files for research; so far only the name and place of the package."""
