"""What people write: a small grammar, and its words in Spanish of both countries and in English."""
