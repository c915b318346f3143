"""Annotator: a desk for reading articles and marking who says what."""

__version__ = "0.1.0"
