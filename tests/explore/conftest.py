"""Tests of scenario discovery need ema_workbench (the extra `explore`); without it they are not collected."""

from importlib.util import find_spec

HERE = "tests/explore: needs ema_workbench, not installed here; python -m pip install -e '.[explore]' adds it"

collect_ignore_glob = [] if find_spec("ema_workbench") else ["test_*.py"]


def pytest_report_header():
    return HERE if collect_ignore_glob else "tests/explore: ema_workbench is installed"
