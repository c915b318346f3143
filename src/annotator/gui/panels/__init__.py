"""One panel a file; each knows base, never another."""
