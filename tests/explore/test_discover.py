"""`doctrine discover` from end to end."""

import json

import pandas as pd

from sim import cli

SHORT = 'extends = "outlook"\ntitle = "A year"\nquestion = "What can happen in a year?"\nmonths = 12\n'
WORDS = ("discover", "short.toml", "architectural", "transactional", "--worlds", "1200", "--boxes", "1")


def answered(capsys, monkeypatch, tmp_path, *more):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "short.toml").write_text(SHORT)
    code = cli.main([*WORDS, *more])
    return code, capsys.readouterr().out


def test_discover_writes_boxes_limits_and_figures(capsys, monkeypatch, tmp_path):
    code, out = answered(capsys, monkeypatch, tmp_path)
    assert code == 0
    assert "A world fails if a settlement broke" in " ".join(out.split())
    folder = tmp_path / "results" / "discover"
    boxes = pd.read_csv(folder / "boxes.csv")
    assert (boxes["low"] <= boxes["density"]).all()
    assert (boxes["density"] <= boxes["high"]).all()
    assert set(pd.read_csv(folder / "limits.csv")["doctrine"]) <= {"architectural", "transactional"}
    assert (folder / "figures" / "trade_off.png").is_file()
    assert (folder / "figures" / "boxes.png").is_file()


def test_money_is_lost_where_the_executive_wants_to_give_much(capsys, monkeypatch, tmp_path):
    code, out = answered(capsys, monkeypatch, tmp_path, "--outcome", "us_cost", "--above", "25", "--json")
    assert code == 0
    found = json.loads(out)
    assert "--outcome us_cost --above 25.0" in found["command"]
    limits = {row["parameter"]: row for row in found["tables"]["limits"] if row["doctrine"] == "architectural"}
    assert limits["executive.order_base"]["low"] is not None
    assert limits["executive.order_base"]["high"] is None
