"""Questions and sheets."""
