"""The agreement that every part obeys."""
