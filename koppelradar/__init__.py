"""Composes the packages into one command."""
