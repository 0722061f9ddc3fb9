"""The page of the app's limits is what the constants say now, and the pages about its server are of a piece."""

import importlib.util
import re
from pathlib import Path

from sim.browser.guard import limits
from sim.browser.guard.visitors import all_names

DOCS = Path(__file__).parents[2] / "docs"


def _loaded():
    spec = importlib.util.spec_from_file_location("make_limits", DOCS / "make_limits.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


making = _loaded()


def test_the_page_is_what_the_command_makes_now():
    committed = (DOCS / "app" / "limits.md").read_text(encoding="utf-8")
    assert committed == making.made(), "python docs/make_limits.py makes it anew"


def test_the_page_follows_the_constants(monkeypatch):
    monkeypatch.setattr(limits, "LONGEST_EVENT", 1234)
    assert "1,234 characters" in _loaded().made()


def test_what_the_page_about_proxies_tells_to_type_is_taken():
    page = (DOCS / "app" / "proxy.md").read_text(encoding="utf-8")
    told = re.findall(r"doctrine app .*--name (\S+) --proxy (\S+)", page)
    assert told
    for name, proxy in told:
        assert all_names("127.0.0.1", [name], [proxy]).trusts(proxy)
    for header in ("Host", "X-Forwarded-For", "Upgrade", "Connection"):
        assert header in page
