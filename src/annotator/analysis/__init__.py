"""Figures: data in, arrays out."""
