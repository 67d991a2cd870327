"""The HTTP face of the sleutelhouder, after the NL API Design Rules 2.2.0."""
