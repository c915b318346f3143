"""The article view, our own."""
