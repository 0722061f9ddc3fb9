"""What one asks of an ensemble: one file a question, numbers and sentences out, no plots."""
