"""Published figures, again, from real data and through the command line only."""
