"""The JSON API: what the library does, for programs that speak HTTP."""
