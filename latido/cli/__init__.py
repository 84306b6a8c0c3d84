"""The command line: one file per command, declared in `main.py`."""
