"""Months of a user's own: her tables beside the record that ships, from a file to what figures and facts show.

`layout` says what a table of hers may hold, `reading` makes rows of a file or names every mistake in it, `additions`
keeps what was added in a folder of hers, and `beside` lays it over the record.
"""
