"""A doctrine as one line of text, `preset:dial=value,dial=value`: read, written out, and made short for a label.

Everything that a user names a doctrine with is read here, and every label of a varied preset is written here, so that
what one command prints another one takes. What a stranger sends is held to its length and its names before anything
else reads it (`check_doctrine`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sim.basics.limits import InputError
from sim.basics.mistakes import shown, unknown
from sim.basics.typed_numbers import number
from sim.scenario.doctrine import DOCTRINES, Table
from sim.scenario.presets import CUSTOM, PRESETS

OWN = "own"
"""What stands for the doctrine that the scenario itself gives the actor, its changes over time included."""
ANY_DOCTRINE = f"a preset, or preset:dial=value,dial=value ('{OWN}' is the preset of what the scenario has)"
THEN = " > "
"""What stands between the doctrines that follow each other in a label."""
LONGEST = 44
"""Characters of a label that a column head, a legend and a sentence can bear."""
SHARES = "priorities."
"""How the dials begin that are shares of one whole: where one differs, all are written."""
DIAL = re.compile(r"[a-z_.]+=")
DOCTRINE_LABELS = {
    "reagan_ussr": "Reagan–USSR",
    "nixon_china": "Nixon–China",
    "obama_iran": "Obama–Iran",
    "trump_dprk": "Trump–DPRK",
}
"""Presets whose name does not read as a name."""

DialValues = dict[str, Any]
"""Dials by name; those of a table within the doctrine are written `priorities.europe`, `house.fiscal`."""


def parsed(text: str, actor: str = "us") -> dict[str, Any]:
    """A doctrine as a table of a scenario file; without a preset where it amends the scenario's own.

    >>> parsed("transactional:commitment=0.85,priorities.europe=0.2")
    {'preset': 'transactional', 'commitment': 0.85, 'priorities': {'europe': 0.2}}
    >>> parsed("own:commitment=0")
    {'commitment': 0}

    Raises
    ------
    InputError
        If there is no such preset, or a dial is not written `dial=value`.
    """
    preset, colon, dials = str(text).partition(":")
    if preset not in PRESETS[actor] and preset not in (CUSTOM, OWN):
        raise InputError(unknown(f"doctrine of {actor}", preset, (*PRESETS[actor], OWN)))
    table: dict[str, Any] = {} if preset == OWN else {"preset": preset}
    for item in dials.split(",") if colon else ():
        dial, _, value = item.partition("=")
        _set(table, dial.strip().split("."), _number(value), text)
    return table


def _set(table: Any, path: list[str], value: float | None, text: str) -> None:
    *above, dial = path
    for name in above:
        table = table.setdefault(name, {}) if isinstance(table, dict) else None
    if value is None or not all(path) or not isinstance(table, dict) or dial in table:
        raise InputError(f"doctrine {shown(text)}: must be {ANY_DOCTRINE}, each dial once and with a number")
    table[dial] = value


def _number(text: str) -> float | None:
    """A whole number as such, so that it can count seats; None for what is no number."""
    value = number(text)
    return int(value) if value is not None and text.strip().lstrip("+-").isdigit() else value


def labelled(text: str) -> tuple[str, str]:
    """The label and the doctrine of `label = preset:dial=value`; an empty label where none is given.

    >>> labelled("no more aid = transactional:order=0"), labelled("transactional:order=0")
    (('no more aid', 'transactional:order=0'), ('', 'transactional:order=0'))

    Raises
    ------
    InputError
        If there is nothing before the sign, or nothing after it.
    """
    label, equals, doctrine = text.partition("=")
    if not equals or ":" in label:
        return "", text
    if not label.strip() or not doctrine.strip():
        raise InputError(f"doctrine {shown(text)}: a label is written before the doctrine, as in 'label = preset'")
    return label.strip(), doctrine.strip()


def flat(table: Table | Mapping[str, Any], above: str = "") -> DialValues:
    """A doctrine as numbers by name."""
    rows = table.model_dump() if isinstance(table, Table) else table
    found: DialValues = {}
    for name, value in rows.items():
        found |= flat(value, f"{above}{name}.") if isinstance(value, Mapping) else {f"{above}{name}": value}
    return found


def written(doctrine: Table, preset: str | None = None) -> str:
    """A doctrine as text: a preset, and the dials that differ from it.

    Parameters
    ----------
    doctrine : Doctrine
        Its dials.
    preset : str, optional
        The preset to start from, or "custom" for all dials; the one from which the fewest differ if None.
    """
    actor = next(name for name, kind in DOCTRINES.items() if isinstance(doctrine, kind))
    return text_of(actor, flat(doctrine), preset)


def text_of(actor: str, wanted: DialValues, preset: str | None = None) -> str:
    """Dials as text; see `written`."""
    names = list(PRESETS[actor].shipped) if preset is None else [preset]
    apart = {name: _apart({} if name == CUSTOM else flat(PRESETS[actor][name].doctrine), wanted) for name in names}
    nearest = min(apart, key=lambda name: len(apart[name]))
    changes = ",".join(f"{dial}={_exact(value)}" for dial, value in apart[nearest].items())
    return f"{nearest}:{changes}" if changes else nearest


def _exact(value: float) -> str:
    """A number in as few digits as bring it back.

    >>> _exact(0.0), _exact(0.1 + 0.2), _exact(20)
    ('0', '0.30000000000000004', '20')
    """
    plain = f"{value:g}"
    return plain if float(plain) == value else repr(value)


def _apart(start: DialValues, wanted: DialValues) -> DialValues:
    """The dials that differ; of shares of one whole all, since they must sum to 1."""
    found = {dial: value for dial, value in wanted.items() if value != start.get(dial)}
    if any(dial.startswith(SHARES) for dial in found):
        found |= {dial: value for dial, value in wanted.items() if dial.startswith(SHARES)}
    return {dial: found[dial] for dial in wanted if dial in found}


def is_varied(text: str) -> bool:
    """Whether a text is a doctrine with dials of its own, written out or made short.

    >>> [is_varied(text) for text in ("aligned", "aligned:order=0.5", "custom:12 dials", "Note: no doctrine")]
    [False, True, True, False]
    """
    preset, colon, dials = text.partition(":")
    known = preset in (CUSTOM, OWN) or any(preset in presets for presets in PRESETS.values())
    return bool(colon) and known and bool(DIAL.match(dials) or dials[:1].isdigit())


def short(text: str, telling: Sequence[str] = ()) -> str:
    """A label for a doctrine: its text, or as many of its dials as there is room for, and how many more there are.

    Parameters
    ----------
    text : str
        The doctrine, written out.
    telling : sequence of str
        Its dials that say most, as "dial=value"; they come first.

    >>> short("transactional:commitment=0.85")
    'transactional:commitment=0.85'
    >>> short("custom:order=0.5,rivalry=0.25,alliance=0.125,clarity=0.75,horizon=1.0", ["clarity=0.75"])
    'custom:clarity=0.75,order=0.5,3 more'
    """
    if len(text) <= LONGEST:
        return text
    preset, colon, dials = text.partition(":")
    if not colon:
        return f"{text[: LONGEST - 1]}…"
    every = dials.split(",")
    every = [dial for dial in every if dial in telling] + [dial for dial in every if dial not in telling]
    for kept in range(len(every) - 1, 0, -1):
        label = f"{preset}:{','.join(map(_rounded, every[:kept]))},{len(every) - kept} more"
        if len(label) <= LONGEST:
            return label
    return f"{preset}:{len(every)} dials" if len(every) > 1 else f"{preset}:{_rounded(every[0])}"


def _rounded(dial: str) -> str:
    """A dial with the digits that a reader needs to tell it from another.

    >>> _rounded("order=0.30000000000000004")
    'order=0.3'
    """
    name, _, value = dial.partition("=")
    number = _number(value)
    return dial if number is None else f"{name}={number:.3g}"


def shorts(texts: Sequence[str]) -> list[str]:
    """A label for each of some doctrines, no two alike: long ones by the dials in which they differ from each other.

    >>> shorts(["aligned", "own"])
    ['aligned', 'own']
    """
    lists = [text.partition(":")[2].split(",") for text in texts if len(text) > LONGEST]
    shared = set.intersection(*map(set, lists)) if len(lists) > 1 else set()
    found: list[str] = []
    for text in texts:
        label = short(text, [dial for dial in text.partition(":")[2].split(",") if dial not in shared])
        same = sum(known.partition(" (")[0] == label for known in found)
        found.append(f"{label} ({same + 1})" if same and len(text) > LONGEST else label)
    return found


def over_time(labels: Sequence[str]) -> str:
    """The label of doctrines that follow each other: all of them, or the first and the last where there is no room.

    >>> over_time(["architectural", "transactional"])
    'architectural > transactional'
    """
    whole = THEN.join(labels)
    if len(whole) <= LONGEST or len(labels) <= 2:  # noqa: PLR2004 -- two of them are the first and the last
        return whole
    return THEN.join([labels[0], f"{len(labels) - 2} more", labels[-1]])


def doctrine_label(name: str) -> str:
    """A doctrine's name as text: of a varied preset with the value of every dial that the label gives.

    >>> doctrine_label("architectural > trump_dprk:clarity=0.7")
    'architectural, then Trump–DPRK, clarity 0.7'
    """
    return ", then ".join(_varied(part) for part in name.split(THEN))


def doctrine_name(label: str) -> str:
    """A doctrine inside a sentence; sessions of Congress are no doctrines, but who sat there.

    >>> doctrine_name("trump_dprk"), doctrine_name("119th"), doctrine_name("117th > 118th > 119th")
    ('Trump–DPRK', 'the 119th Congress', 'the Congresses of the record')
    >>> doctrine_name("118th:agenda=0")
    'the 118th Congress, agenda 0'
    """
    parts = label.split(THEN)
    if not all(part[:1].isdigit() for part in parts):
        return doctrine_label(label)
    session, comma, dials = doctrine_label(label).partition(",")
    return f"the {session} Congress{comma}{dials}" if len(parts) == 1 else "the Congresses of the record"


def _varied(name: str) -> str:
    preset, *dials = re.split("[:,]", name) if is_varied(name) else [name]
    words = [re.sub("[=._](?![0-9])", " ", dial).replace("=", " ") for dial in dials]
    return ", ".join([DOCTRINE_LABELS.get(preset, preset).replace("_", " "), *words])


LONGEST_DOCTRINE = 800
"""Characters; the longest preset with every dial to all its digits has about 560."""


def check_doctrine(text: Any, actor: str) -> str:
    """Hold a doctrine to its bounds, and return it.

    Parameters
    ----------
    text : str
        A preset's name, or `preset:dial=value,dial=value`.
    actor : str
        Whose.

    Raises
    ------
    InputError
        If it is too long, or names more dials than there are, or one that is none.

    Examples
    --------
    >>> check_doctrine("transactional:commitment=0.85", "us")
    'transactional:commitment=0.85'
    """
    if not isinstance(text, str):
        raise InputError(f"doctrines.{actor}: must be text, got {shown(text)}")
    if len(text) > LONGEST_DOCTRINE:
        raise InputError(f"doctrine of {actor}: must have {LONGEST_DOCTRINE} characters at most, got {len(text):,}")
    _, colon, changes = text.partition(":")
    known, given = dial_names(actor), changes.split(",") if colon else []
    if len(given) > len(known):
        raise InputError(f"doctrine of {actor}: has {len(known)} dials, got {len(given)}")
    for item in given:
        dial = item.partition("=")[0].strip()
        if dial not in known:
            raise InputError(f"doctrine of {actor}: {unknown('dial', dial, known)}")
    return text


@cache
def dial_names(actor: str) -> tuple[str, ...]:
    """The dials of an actor; those of a table within the doctrine are written `priorities.europe`."""
    return tuple(_names(DOCTRINES[actor]))


def _names(table: type[Table]) -> list[str]:
    found: list[str] = []
    for name, field in table.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, Table):
            found += [f"{name}.{part}" for part in _names(inner)]
        else:
            found.append(name)
    return found
