"""The atlas: precomputed worlds over a grid of dials, for one page that needs neither a server nor this program.

`simulation.atlas` simulates it, `atlas_page.render` writes the page, `atlas_page.save_page` puts it in its place.
"""
