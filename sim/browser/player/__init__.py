"""One world, stepped and played: its story beside a schematic map of the front and the flows; and why, in any month.

`playback.player` and `playback.why` build these parts on any page.
"""
