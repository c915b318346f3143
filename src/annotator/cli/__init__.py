"""The same workflows for a terminal."""
