"""What the data is. Standard library only; every other room may know it, it knows none."""
