"""`python -m sim`: the command `doctrine` where the package is not installed."""

import sys

from sim.cli import main

if __name__ == "__main__":
    sys.exit(main())
