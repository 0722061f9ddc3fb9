"""What every room stands on: arrays, luck by address, intervals, numbers as text, mistakes, files."""
