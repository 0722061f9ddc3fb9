"""Eight lessons, each an idea of its own: what it runs and measures, said once for its notebook, its page and the app.

A notebook is a plain Python file in `docs/lessons/`, in the percent format that Jupyter tools convert to a notebook and
back; it runs as it stands, and whatever it says in numbers comes out of its code. A chapter of the app (`chapters`)
asks the same question with one knob. Both take their scenarios, scales and measures from the lesson's module here.
"""
