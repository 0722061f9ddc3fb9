"""Which hypothesis about Washington the record speaks for, and how far to trust the answer.

From outside: `inference` (the question and its tables), `robustness`, `conclusion` (sentences), and `conduct`, the
coding of months that lessons show.
"""
