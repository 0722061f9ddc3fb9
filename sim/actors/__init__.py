"""The Mesa agents, one file each: they own their state (arrays over worlds) and their decisions."""
