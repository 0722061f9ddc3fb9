"""Explore: choose the doctrines, run the same worlds under two of them, read what changes, and why."""
