"""Codes that are called out, and secrets that are not: made from the system's randomness, kept as hashes only."""

from __future__ import annotations

import hashlib
import hmac
import secrets

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
