"""The eight chapters, one file each: the knob, the scenarios that it needs, what is read off them, and the words."""
