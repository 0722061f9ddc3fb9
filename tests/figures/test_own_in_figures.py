"""What a user added is drawn beside the record as hers: hollow, in the key, with her source. Everything of hers here is
invented."""

from datetime import date

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import num2date
from matplotlib.text import Text

from sim import figures, record
from sim.answers import known
from sim.ensemble import Ensemble, simulate
from sim.figures import conduct as conduct_figure
from sim.figures.style import LONE_MARKER, OBSERVED, OWN_MARKER, TEXT, WIDTH
from sim.questions.compare.breakdowns import observed_ballots
from sim.record.own import additions, cells
from sim.report import html

pytestmark = pytest.mark.long

AID = "month,donor,military_eur_bn,financial_eur_bn,humanitarian_eur_bn,source"
VOTES = "vote,date,bill,kind,focus,says,pro,usd_bn,yea,nay,source"
DRAWN = {
    "aid_flows": ["2026-01", "2026-02", "2026-03"],
    "europe_share": ["2026-01", "2026-02", "2026-03"],
    "front": ["2026-02", "2026-03"],
    "overview": ["2026-01", "2026-02", "2026-03"],
}


@pytest.fixture(autouse=True)
def in_june(monkeypatch):
    """The day on which everything of hers is added."""
    monkeypatch.setattr(cells, "today", lambda: date(2026, 6, 15))


@pytest.fixture(scope="module")
def hers(tmp_path_factory):
    """The record with three months of a stranger's beside it, and a vote."""
    place = tmp_path_factory.mktemp("hers")
    rows = [
        f"2026-0{month},{bloc},invented by a stranger"
        for month in (1, 2, 3)
        for bloc in ("us,0.5,0,0", "europe_bilateral,3,1,0.5", "eu_institutions,0,2,0")
    ]
    line = ["month,held_percent,source", "2026-02,20.1,invented line", "2026-03,20.2,invented line"]
    vote = "H2026-901,2026-02-03,hr9901,final_passage,standalone_ukraine,grant,yea,2.5,300,120,invented vote"
    for name, table in {"aid": [AID, *rows], "line": line, "votes": [VOTES, vote]}.items():
        (place / f"{name}.csv").write_text("\n".join(table) + "\n")
        additions.add(place / f"{name}.csv", place / "record")
    return figures.observed(place / "record")


@pytest.fixture(scope="module")
def ensembles(history):
    three = {name: history.with_doctrine("us", name) for name in ("architectural", "transactional", "aligned")}
    many = {f"one:{n}": history for n in range(5)}
    return {
        "three": simulate(three, Ensemble(20)),
        "one": simulate({"one": history}, Ensemble(20)),
        "many": simulate(many, Ensemble(10)),
    }


def marks(figure):
    """The months that are drawn hollow, anywhere in a figure."""
    found = [line for ax in figure.axes for line in ax.get_lines() if line.get_marker() == OWN_MARKER]
    assert all(line.get_markerfacecolor() == "white" for line in found)
    return sorted({f"{num2date(x):%Y-%m}" for line in found for x in np.asarray(line.get_xdata(), dtype=float)})


def texts(figure):
    return [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible()]


@pytest.mark.parametrize("kind", ["one", "three", "many"])
@pytest.mark.parametrize("name", DRAWN)
def test_her_months_are_hollow_and_in_the_key(name, kind, ensembles, hers):
    figure = getattr(figures, name)(ensembles[kind], hers)
    assert marks(figure) == DRAWN[name]
    told = [text.get_text().replace("\n", " ") for text in texts(figure)]
    assert "your months" in told
    assert any("; your months: invented " in text for text in told)


@pytest.fixture(scope="module")
def revised(tmp_path_factory):
    """The record with one month and one vote of it revised."""
    place = tmp_path_factory.mktemp("revised")
    bills = observed_ballots(record.votes())
    vote = record.votes().set_index("bill").loc[[bills["bill"].iloc[-1]]].reset_index().iloc[-1]
    cells = [*vote[["vote"]], f"{vote['date']:%Y-%m-%d}", *vote[["bill", "kind", "focus", "says", "pro", "usd_bn"]]]
    ballot = [*cells, int(vote["yea"]) - 5, int(vote["nay"]) + 5, "mine"]
    tables = {
        "aid": [AID, "2024-08,us,90,0,0,mine"],
        "line": ["month,held_percent,source", "2024-08,25,mine"],
        "votes": [VOTES, ",".join(map(str, ballot))],
    }
    for name, table in tables.items():
        (place / f"{name}.csv").write_text("\n".join(table) + "\n")
        additions.add(place / f"{name}.csv", place / "record")
    return figures.observed(place / "record")


def black(figure):
    """What is drawn black, curve by curve."""
    lines = [line for ax in figure.axes for line in ax.get_lines() if line.get_color() == OBSERVED]
    return [np.asarray(line.get_ydata(), dtype=float).tolist() for line in lines if line.get_marker() == "o"]


@pytest.mark.parametrize("name", [*DRAWN, "votes"])
def test_what_ships_is_drawn_as_it_ships_where_she_revised_it(name, ensembles, revised):
    with_hers, without = (getattr(figures, name)(ensembles["one"], seen) for seen in (revised, figures.observed()))
    drawn, shipped = black(with_hers), black(without)
    assert [sorted(curve) for curve in drawn] == [sorted(curve) for curve in shipped]
    assert any(drawn)


def test_every_mean_that_a_revised_month_is_in_is_marked_as_hers(ensembles, revised):
    three = ["2024-08", "2024-09", "2024-10"]
    assert marks(figures.aid_flows(ensembles["one"], revised)) == three
    assert marks(figures.europe_share(ensembles["one"], revised)) == [*three, "2024-11", "2024-12", "2025-01"]
    assert marks(figures.front(ensembles["one"], revised)) == ["2024-08"]


@pytest.mark.parametrize("name", [*DRAWN, "votes"])
def test_without_her_months_nothing_is_said_of_them(name, ensembles):
    figure = getattr(figures, name)(ensembles["three"], figures.observed())
    assert not any("your months" in text.get_text() for text in texts(figure))


@pytest.mark.parametrize("name", ["aid_flows", "europe_share", "overview"])
def test_the_release_that_was_chosen_is_drawn_and_named(name, ensembles):
    drawn = {
        release: getattr(figures, name)(ensembles["one"], figures.observed(release=release)) for release in (28, 29)
    }
    assert black(drawn[28]) != black(drawn[29])
    for release, figure in drawn.items():
        told = [text.get_text().replace("\n", " ") for text in texts(figure)]
        assert any(f"Ukraine Support Tracker, Release {release}" in text for text in told)


EVENTS = "date,category,actors,event,outcome,direct_contact,id,until,scope,about,formal,source"
HAPPENED = [
    "2026-01-05,talks,RU; UA,An invented meeting,,1,,,,,,invented by a stranger",
    "2026-01-06,truce_offer,US; RU; UA,An invented offer,,0,offer-a,,general,,,invented by a stranger",
    "2026-02-09,refusal,RU,An invented refusal,,0,,,,offer-a,,invented by a stranger",
    "2026-03-03,aid_pause,US,An invented pause,,0,,2026-03-09,arms,,0,invented by a stranger",
]


def test_her_events_are_drawn_as_hers_where_those_that_ship_are(tmp_path):
    (tmp_path / "events.csv").write_text("\n".join([EVENTS, *HAPPENED]) + "\n")
    additions.add(tmp_path / "events.csv", tmp_path / "record")
    (nobody := tmp_path / "nobody").mkdir()
    answers = {"with": known.conduct(tmp_path / "record"), "without": known.conduct(nobody)}
    drawn = {name: answer.figures()["conduct"] for name, answer in answers.items()}
    hollow = {row: [] for row in conduct_figure.ROWS}
    for line in drawn["with"].axes[0].get_lines():
        if line.get_marker() == OWN_MARKER and len(line.get_xdata()):
            name = list(conduct_figure.ROWS)[int(line.get_ydata()[0])]
            hollow[name] += [f"{num2date(x):%Y-%m}" for x in line.get_xdata()]
    assert {name: months for name, months in hollow.items() if months} == {
        "talks": ["2026-01"],
        "met": ["2026-01"],
        "first_contact": ["2026-01"],
        "truce_offered": ["2026-01"],
        "russia_refused": ["2026-02"],
        "aid_stopped": ["2026-03"],
    }
    assert marks(drawn["without"]) == []
    told = [text.get_text().replace("\n", " ") for text in texts(drawn["with"])]
    assert "your months" in told
    assert any("your months: invented by a stranger" in text for text in told)
    pause = answers["with"].tables["conduct"].query("observable == 'aid_stopped' and month == '2026-03'")
    assert pause[["formal", "upkeep", "own"]].to_numpy().tolist() == [[0, 1, True]]


def test_months_of_talks_are_at_the_foot_of_the_overview_hers_hollow(tmp_path, ensembles):
    (tmp_path / "events.csv").write_text("\n".join([EVENTS, *HAPPENED]) + "\n")
    additions.add(tmp_path / "events.csv", tmp_path / "record")
    figure = figures.overview(ensembles["one"], figures.observed(tmp_path / "record"))
    (panel,) = [ax for ax in figure.axes if any(text.get_text() == "Talks" for text in ax.texts)]
    shipped, hers = panel.get_lines()[-2:]
    talks = record.table("conduct_monthly").query("observable == 'talks' and formal == 1")["month"]
    first = str(ensembles["one"]["month"].to_numpy()[0])[:7]
    assert [f"{num2date(x):%Y-%m}" for x in shipped.get_xdata()] == [
        m for m in talks.dt.strftime("%Y-%m") if m >= first
    ]
    assert marks(figure) == ["2026-01"] == [f"{num2date(x):%Y-%m}" for x in hers.get_xdata()]
    assert "your months" in [text.get_text() for text in texts(figure)]


def test_an_event_of_hers_stands_in_place_of_the_one_that_ships_under_its_name(tmp_path):
    shipped = record.events().query("category == 'prisoner_exchange'").iloc[-1]
    row = f"{shipped['date']:%Y-%m-%d},prisoner_exchange,RU; UA,An exchange told otherwise,,1,{shipped['id']},,,,,me"
    (tmp_path / "events.csv").write_text(f"{EVENTS}\n{row}\n")
    additions.add(tmp_path / "events.csv", tmp_path / "record")
    seen = figures.observed(tmp_path / "record").events
    assert len(seen) == len(record.events())
    assert seen.loc[seen["id"] == shipped["id"], "event"].tolist() == ["An exchange told otherwise"]


def test_her_vote_is_hollow(ensembles, hers):
    figure = figures.votes(ensembles["three"], hers)
    (ax, _) = figure.axes
    (hollow,) = [line for line in ax.get_lines() if line.get_marker() == OWN_MARKER and len(line.get_xdata())]
    assert list(hollow.get_ydata()) == [300]
    assert any("your months: invented vote" in text.get_text() for text in texts(figure))


@pytest.mark.parametrize("name", [*DRAWN, "votes"])
def test_nothing_is_cut_off_or_too_small(name, ensembles, hers):
    figure = getattr(figures, name)(ensembles["three"], hers)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[..., :3]
    assert all((edge == 255).all() for edge in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]))
    assert figure.get_figwidth() == WIDTH
    assert min(text.get_fontsize() for text in texts(figure)) >= TEXT


def test_no_mean_is_taken_across_months_that_nobody_knows(tmp_path, ensembles):
    rows = [f"2026-05,{bloc},invented" for bloc in ("us,9,0,0", "europe_bilateral,3,1,0.5", "eu_institutions,0,2,0")]
    (tmp_path / "aid.csv").write_text("\n".join([AID, *rows]) + "\n")
    additions.add(tmp_path / "aid.csv", tmp_path / "record")
    figure = figures.aid_flows(ensembles["one"], figures.observed(tmp_path / "record"))
    assert marks(figure) == []
    assert by_themselves(figure) == [("2026-05", 9.0), ("2026-05", 6.5)]


def by_themselves(figure):
    """Months of hers that no mean is of, and their values."""
    found = [line for ax in figure.axes for line in ax.get_lines() if line.get_marker() == LONE_MARKER]
    return [(f"{num2date(x):%Y-%m}", float(y)) for line in found for x, y in line.get_xydata()]


@pytest.fixture
def with_holes(tmp_path):
    """The record with American aid and a line of hers in months that do not follow what ships."""
    rows = [f"2026-0{month},us,{military},0,0,invented" for month, military in ((1, 2), (3, 1), (4, 5), (5, 3))]
    line = ["month,held_percent,source", "2026-02,20.1,invented", "2026-03,20.2,invented", "2026-05,20.3,invented"]
    for name, table in {"aid": [AID, *rows], "line": line}.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(table) + "\n")
        additions.add(tmp_path / f"{name}.csv", tmp_path / "record")
    return figures.observed(tmp_path / "record")


@pytest.mark.parametrize("name", ["aid_flows", "overview"])
def test_a_month_that_no_mean_is_known_of_stands_by_itself(name, ensembles, with_holes):
    figure = getattr(figures, name)(ensembles["one"], with_holes)
    assert by_themselves(figure) == [("2026-03", 1.0), ("2026-04", 5.0)]
    assert {"2026-01", "2026-05"} <= set(marks(figure))
    assert "your month by itself, where no mean of three is known" in [text.get_text() for text in texts(figure)]


def test_no_line_crosses_months_that_nobody_knows(ensembles, with_holes):
    (ax,) = figures.front(ensembles["one"], with_holes).axes
    (path,) = [line for line in ax.get_lines() if line.get_linestyle() == ":"]
    told = [f"{num2date(x):%m}" if x == x else "" for x in np.asarray(path.get_xdata(), dtype=float)]
    assert told == ["12", "", "02", "03", "", "05"]


@pytest.mark.parametrize("name", ["europe_share", "overview"])
def test_it_is_said_which_of_her_months_are_not_drawn_and_why(name, ensembles, history, with_holes):
    said = "Not drawn of your months: Europe's share in 2026-01, 2026-03 to 2026-05 (it takes six months in a row"
    told = " ".join(
        text.get_text().replace("\n", " ") for text in texts(getattr(figures, name)(ensembles["one"], with_holes))
    )
    assert said in told
    if name == "overview":
        page = html.render(ensembles["one"], {"one": history}, with_holes, figures={}).replace("&#39;", "'")
        assert said in page
        assert "Hollow squares: single months of yours" in page
        assert "4 of them yours: 2026-01, 2026-03 to 2026-05" in page


def test_half_of_europe_is_said_not_to_be_drawn(tmp_path, ensembles):
    (tmp_path / "aid.csv").write_text(f"{AID}\n2026-01,europe_bilateral,3,1,0.5,invented\n")
    additions.add(tmp_path / "aid.csv", tmp_path / "record")
    figure = figures.aid_flows(ensembles["one"], figures.observed(tmp_path / "record"))
    told = " ".join(text.get_text().replace("\n", " ") for text in texts(figure))
    assert "Not drawn of your months: Europe's aid in 2026-01 (one part of it is not known)." in told


def test_every_source_of_hers_is_in_the_report(tmp_path, ensembles, history):
    rows = [f"2026-0{month},us,1,0,0,invented source {month} & <b>more</b>" for month in range(1, 6)]
    (tmp_path / "aid.csv").write_text("\n".join([AID, *rows, "2024-02,us,0.5,0,0,an older one"]) + "\n")
    (tmp_path / "events.csv").write_text("\n".join([EVENTS, *HAPPENED]) + "\n")
    for name in ("aid", "events"):
        additions.add(tmp_path / f"{name}.csv", tmp_path / "record")
    page = html.render(ensembles["one"], {"one": history}, figures.observed(tmp_path / "record"), figures={})
    escaped = [f"invented source {month} &amp; &lt;b&gt;more&lt;/b&gt;" for month in range(1, 6)]
    assert f"<li>Your own months, aid: {'; '.join(['an older one', *escaped])}.</li>" in page
    assert "<li>Your own months, events: invented by a stranger.</li>" in page


def test_a_vote_of_hers_with_few_ayes_is_apart_from_its_number_above_none(tmp_path, ensembles):
    about = "final_passage,standalone_ukraine,grant,yea,2.5"
    votes = [
        f"{chamber}2026-90{n},2026-0{n}-03,hr990{n},{about},{ayes},{50 if chamber == 'S' else 225},invented vote"
        for chamber, counts in (("H", (200, 10)), ("S", (50, 4)))
        for n, ayes in enumerate(counts, start=2)
    ]
    (tmp_path / "votes.csv").write_text("\n".join([VOTES, *votes]) + "\n")
    additions.add(tmp_path / "votes.csv", tmp_path / "record")
    figure = figures.votes(ensembles["one"], figures.observed(tmp_path / "record"))
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    for ax in figure.axes:
        assert min(ax.get_yticks()) == 0
        assert ax.spines["left"].get_bounds()[0] == 0
        (hollow,) = [line for line in ax.get_lines() if line.get_marker() == OWN_MARKER]
        reach = (hollow.get_markersize() * np.sqrt(2) + hollow.get_markeredgewidth()) / 2 * figure.dpi / 72
        for x, y in ax.transData.transform(hollow.get_xydata()):
            for text in (text for text in ax.texts if text.get_fontweight() == "bold" and text.get_text().isdigit()):
                box = text.get_window_extent(canvas.get_renderer())
                assert (
                    abs(y - (box.y0 + box.y1) / 2) > reach + box.height / 4 or not box.x0 - reach < x < box.x1 + reach
                )


def test_an_event_of_hers_in_the_last_month_is_drawn_whole(tmp_path):
    (tmp_path / "events.csv").write_text("\n".join([EVENTS, HAPPENED[3]]) + "\n")
    additions.add(tmp_path / "events.csv", tmp_path / "record")
    figure = known.conduct(tmp_path / "record").figures()["conduct"]
    (hers,) = [line for line in figure.axes[0].get_lines() if line.get_marker() == OWN_MARKER and len(line.get_xdata())]
    assert not hers.get_clip_on()


def test_the_report_says_which_months_of_a_year_are_hers(ensembles, history, hers):
    page = html.render(ensembles["one"], {"one": history}, hers)
    assert "2026 (3 months, 3 of them yours: 2026-01 to 2026-03)" in page
    assert "of them yours" not in html.render(ensembles["one"], {"one": history}, figures.observed())
