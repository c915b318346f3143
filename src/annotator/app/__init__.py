"""What a user can do. No Qt."""
