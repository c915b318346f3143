"""Files out. One module a format over one report model."""
