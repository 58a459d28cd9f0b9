"""``python -m summitry``: the same as the command ``summitry``."""

from summitry.cli import main

if __name__ == "__main__":
    main()
