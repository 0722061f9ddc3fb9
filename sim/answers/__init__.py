"""Every question as one function that returns an Answer: what the command line, the app and the lessons call."""
