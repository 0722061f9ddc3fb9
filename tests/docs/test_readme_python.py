"""What the README tells to type in Python runs, with fewer worlds; the how-to pages are run by test_how_to.py."""

from pages import ROOT, blocks


def test_the_code_of_the_readme_runs(capsys):
    found = [block.text for block in blocks(ROOT / "README.md") if block.language == "python"]
    assert found
    for text in found:
        exec(text.replace("worlds=200", "worlds=8"), {})  # noqa: S102 (our own page)
    assert "nan" not in capsys.readouterr().out
