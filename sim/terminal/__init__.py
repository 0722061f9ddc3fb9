"""The terminal: options, text, tables, progress, and how a command ends."""
