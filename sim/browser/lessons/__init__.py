"""Lessons: eight chapters with one knob each; a prediction before the run, scored; then the knob to play with."""
