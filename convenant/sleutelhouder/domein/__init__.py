"""The rules of the sleutelhouder, without input or output."""
