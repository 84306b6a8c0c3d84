"""The web application: pages for people who never use a terminal."""
