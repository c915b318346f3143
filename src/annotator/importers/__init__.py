"""Files in. One module a format, run in a killable worker."""
