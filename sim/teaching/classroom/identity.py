"""Who somebody is: a name for all to read, a room's code to be called out, and secrets kept as hashes only."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from typing import Any

from sim.basics.limits import InputError
from sim.basics.mistakes import shown
from sim.teaching.classroom.bounds import LONGEST_NAME, MOST_MARKS

JOINERS = "\u200c\u200d"
"""Invisible, but some names and emoji are spelt with them."""
BLANKS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Letters and symbols that show nothing."""
VISIBLE = ("L", "N", "S", "P")
"""Classes of characters of which a name needs one: letters, numbers, symbols (emoji), marks of punctuation."""


def cleaned(name: Any) -> str:
    """A name in its composed form (NFC), with single spaces.

    Raises
    ------
    InputError
        If it is empty, too long, or has characters that control text instead of being read.
    """
    if not isinstance(name, str):
        raise InputError(f"name: must be text, got {shown(name)}")
    text = unicodedata.normalize("NFC", name[: 100 * LONGEST_NAME])
    text = " ".join(text.split(" ")).strip()
    text = " ".join(part for part in text.split(" ") if part)
    if not 1 <= len(text) <= LONGEST_NAME:
        raise InputError(f"name: must be 1 to {LONGEST_NAME} characters, got {len(text)}")
    for character in text:
        if not _readable(character):
            raise InputError(f"name: the character {_called(character)} cannot be shown; leave it out")
    if not any(unicodedata.category(character)[0] in VISIBLE for character in text):
        raise InputError("name: must have a letter, a number or a symbol")
    if _highest_tower(text) > MOST_MARKS:
        raise InputError(f"name: must have no more than {MOST_MARKS} accents on a letter")
    return text


def alike(name: str) -> str:
    """What two names share that a reader would take for the same."""
    plain = "".join(character for character in name if character not in JOINERS)
    return unicodedata.normalize("NFKC", plain).casefold()


def _readable(character: str) -> bool:
    """Whether a character may stand in a name: no control, no direction mark, no line break, no blank but the space."""
    if character in JOINERS or character == " ":
        return True
    return character not in BLANKS and unicodedata.category(character)[0] not in "CZ"


def _called(character: str) -> str:
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def _highest_tower(text: str) -> int:
    """Most accents in a row."""
    most = run = 0
    for character in text:
        run = run + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        most = max(most, run)
    return most


ALPHABET = "34679CDFHJKMNPRTVWXY"
"""No two of them look or sound alike on a projector (no 0 O Q, 1 I L, 2 Z, 5 S, 8 B, 6 G), and none is a vowel."""
CODE_LENGTH = 6
SECRET_BYTES = 24


def new_code() -> str:
    """A code for a room: one of 64 million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def new_secret() -> str:
    """A secret that nobody guesses, as text for an address."""
    return secrets.token_urlsafe(SECRET_BYTES)


def typed(text: str) -> str | None:
    """The code that somebody typed, in any case and with any gaps; None if it cannot be one.

    >>> typed(" cdf-hjk ")
    'CDFHJK'
    """
    code = text[: 4 * CODE_LENGTH].upper().translate({ord(gap): None for gap in " -\t\u00a0"})
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else None


def spaced(code: str) -> str:
    """A code as it is read out.

    >>> spaced("CDFHJK")
    'CDF HJK'
    """
    half = CODE_LENGTH // 2
    return f"{code[:half]} {code[half:]}"


def hashed(code: str, secret: str) -> str:
    """What is kept of a secret of a room."""
    return hashlib.sha256(f"{code}:{secret}".encode()).hexdigest()


def matches(code: str, secret: str, kept: str) -> bool:
    """Whether a secret is the one that was kept, in a time that tells nothing about it."""
    return hmac.compare_digest(hashed(code, secret), kept)
