"""A class in browsers: a teacher opens a room, two students sit down, one leaves, a doctrine takes over."""

import re

from hands import click, find, open_page, read, text, until, write


def opened(teacher, app: str) -> str:
    """Open a room; its code."""
    open_page(teacher, f"{app}/teach")
    click(teacher, "button", "Open the room")
    until(lambda: re.search(r"/teach/\w{6}$", teacher.current_url), what=text(teacher)[:2000])
    read(teacher, "Begin")
    return teacher.current_url.rpartition("/")[2]


def joined(student, app: str, code: str, name: str, seat: str) -> None:
    """Join and sit down at the first table."""
    open_page(student, f"{app}/class/{code}")
    write(student, "Your name", name)
    click(student, "button", "Join")
    click(student, "button", f"Take {seat} at table 1")
    read(student, f"{name}: {seat}, table 1")


def test_a_doctrine_takes_over_the_seat_of_who_leaves(app, visitors):
    teacher, ana, ben = visitors(), visitors(390), visitors(390)
    code = opened(teacher, app)
    joined(ana, app, code, "Ana", "Ukraine")
    joined(ben, app, code, "Ben", "Russia")
    until(lambda: "Ana" in text(teacher) and "Ben" in text(teacher))
    click(teacher, "button", "Begin")
    read(ana, "Your table waits for your orders")
    click(ana, "button", "Decide")
    read(ana, "Waiting for Russia")
    assert "(2 of" not in text(teacher)

    click(ben, "button", "Leave this seat")
    until(lambda: "(2 of" in text(teacher), what="the month waits for the one who left")
    read(ana, "Your table waits for your orders")
    assert "Russia: Ben" not in text(teacher)
    for month in (3, 4):
        click(ana, "button", "Decide")
        until(lambda month=month: f"({month} of" in text(teacher))
    assert find(ben, "button", "Take Russia at table 1").is_enabled()


def test_who_comes_back_finds_his_seat(app, visitors):
    teacher, ana = visitors(), visitors(390)
    code = opened(teacher, app)
    joined(ana, app, code, "Ana", "Europe")
    ana.get("about:blank")
    until(lambda: "away" in text(teacher))
    open_page(ana, f"{app}/class")
    click(ana, "link", f"Room {code}")
    read(ana, "Ana: Europe, table 1")


def test_a_name_is_text_wherever_it_is_shown(app, visitors):
    name = "<i id=evil>${1}{{1}}"
    teacher, eve = visitors(), visitors(390)
    code = opened(teacher, app)
    joined(eve, app, code, name, "Russia")
    read(teacher, name)
    for driver in (teacher, eve):
        assert name in text(driver)
        assert not driver.find_elements("id", "evil")


def test_a_code_is_text_too(app, visitor):
    for path in ("/class/<i id=evil>", "/teach/<i id=evil>?key=<i>", "/lessons/<i id=evil>"):
        open_page(visitor, app + path)
        assert not visitor.find_elements("id", "evil")
