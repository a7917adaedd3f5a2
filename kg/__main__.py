"""`python -m kg`: what the command `kg` does."""

from kg.cli.main import main

if __name__ == "__main__":
    main()
