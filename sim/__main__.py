"""`python -m sim`: the command `doctrine` where the package is not installed."""

from sim.cli import main

if __name__ == "__main__":
    main()
