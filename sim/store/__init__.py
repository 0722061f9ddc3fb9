"""Results on disk: written whole or not at all, and read back without believing what is there.

From outside: `result_folder` (write, open), `unfinished` (a large run while it lasts), `provenance` (`run.json`).
"""
