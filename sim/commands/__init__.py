"""The commands, a file for those that belong together: their words, and what they do once these are understood."""
