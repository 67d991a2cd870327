"""The HTTP face of the matcher, after the NL API Design Rules 2.2.0."""
