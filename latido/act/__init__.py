"""What is done about what was found."""
