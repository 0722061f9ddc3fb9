"""`calibrate` says what its fit is worth before it says what the record identifies."""

import pandas as pd

from sim.answers.record import FEWEST


def test_on_few_histories_the_number_comes_first_and_nothing_is_called_identified(doctrine, tmp_path):
    answer = doctrine("calibrate", "--worlds", FEWEST)
    assert (answer.code, answer.err) == (0, "")
    folder, said = tmp_path / "results" / "calibrate", " ".join(answer.out.split("\n\n")[1].split())
    fit = pd.read_csv(folder / "posterior_fit.csv").set_index("posterior").loc["posterior"]
    assert said.startswith(
        f"100 histories are near enough to count, and place means as surely as {fit.effective:.0f} free draws. "
        "Under 100 nothing can be said of what the record identifies"
    )
    assert f"; {100 * fit.farther:.0f} of 100 of these lie farther from their own nearest." in said
    assert f"Which facts hold would rest on {fit.effective:.0f} free draws, and is not told under 100." in " ".join(
        answer.out.split()
    )
    assert "Fact 1" not in answer.out
    assert "removed of the prior" not in answer.out
    compared = pd.read_csv(folder / "posterior_comparison.csv")
    assert set(compared["identified"]) == {"too few draws"}
