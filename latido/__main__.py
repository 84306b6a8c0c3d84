"""`python -m latido` is `latido`."""

from latido.cli.main import main

if __name__ == "__main__":
    main()
