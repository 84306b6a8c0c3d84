"""What the API and the web share: who asks, where a request comes from, and what an error's status is."""
