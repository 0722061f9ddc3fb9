"""The report of a run, one HTML file: `sim.report.html.render` writes it, `tables` are its tables as text."""
