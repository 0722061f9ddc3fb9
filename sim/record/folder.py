"""Where the tables are."""

from pathlib import Path

FOLDER = Path(__file__).parent / "tables"
"""Folder of the CSV files that ship with the package."""
