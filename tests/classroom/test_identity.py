"""Names: whatever people are called goes in, and nothing that could trick a page or a reader."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.basics.limits import InputError
from sim.teaching.classroom.identity import alike, cleaned


@pytest.mark.parametrize(
    "name",
    [
        "Anna",
        "O'Brien-Núñez",
        "Nguyễn Thị",
        "Олена",
        "محمد",
        "नेहा",
        "王小明",
        "می\u200cترا",
        "🙂",
        "👩🏽\u200d🚀 Mia",
        "<b>Bob</b>",
        "=1+1",
        "x" * 24,
    ],
)
def test_what_people_are_called_is_a_name(name):
    assert cleaned(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "name: must be 1 to 24 characters, got 0"),
        ("   ", "name: must be 1 to 24 characters, got 0"),
        ("x" * 25, "name: must be 1 to 24 characters, got 25"),
        ("a\0b", "name: the character U+0000 cannot be shown; leave it out"),
        ("a\nb", "name: the character U+000A cannot be shown; leave it out"),
        ("a\u202eb", "name: the character U+202E (right-to-left override) cannot be shown; leave it out"),
        ("a\u2066b", "name: the character U+2066 (left-to-right isolate) cannot be shown; leave it out"),
        ("a\u00a0b", "name: the character U+00A0 (no-break space) cannot be shown; leave it out"),
        ("\ud800", "name: the character U+D800 cannot be shown; leave it out"),
        ("\u3164", "name: the character U+3164 (hangul filler) cannot be shown; leave it out"),
        ("\u200d\u200c", "name: must have a letter, a number or a symbol"),
        ("b\u0320\u0321\u0322\u0325a", "name: must have no more than 3 accents on a letter"),
        (7, "name: must be text, got 7"),
        (None, "name: must be text, got None"),
    ],
)
def test_what_cannot_be_a_name_is_said(name, said):
    with pytest.raises(InputError) as caught:
        cleaned(name)
    assert str(caught.value) == said


def test_spaces_and_compositions_are_made_one():
    assert cleaned("  Ame\u0301lie   P.  ") == "Am\u00e9lie P."


def test_names_that_look_the_same_are_alike():
    assert alike("ANNA") == alike("anna") == alike("ａｎｎａ") == alike("an\u200dna")


@given(st.text())
def test_a_name_that_goes_in_is_short_readable_and_stays_what_it_is(text):
    try:
        name = cleaned(text)
    except InputError:
        return
    assert cleaned(name) == name
    assert 1 <= len(name) <= 24
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") for c in name)
    assert name.encode()
