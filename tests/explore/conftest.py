"""Tests of scenario discovery need ema_workbench (the extra `explore`); without it they are not collected.

The head of a run says which (`tests/conftest.py`).
"""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("ema_workbench") else ["test_*.py"]
