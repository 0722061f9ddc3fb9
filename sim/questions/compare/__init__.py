"""Doctrines in the same worlds: outcomes, paired differences, and what they say.

`doctrines` (a Dataset by doctrine, and when they part), `outcomes` (one number a world), `statistics` (over worlds),
`paired` and `paired_sentence` (a difference and its words), `ensemble_numbers` and `summary` (all of it, in tables and
on a screen), `titles` and `story` (what figures and reports say), `settlements`,
`breakdowns`, `assumptions`, `ranking`.
"""
