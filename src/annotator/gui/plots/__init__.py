"""Drawings of what analysis counted."""
