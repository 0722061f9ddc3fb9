"""`doctrine worlds`: worlds of a result that are worth reading, told."""

from __future__ import annotations

from pathlib import Path

from sim.cli.explain import tell
from sim.cli.options import Flag, Whole


def worlds(
    result: Path,
    /,
    *,
    nearest_to_record: Flag = False,
    worlds: Whole = 5,
    doctrine: str | None = None,
    release: Whole | None = None,
    json: Flag = False,
) -> int:
    """Tell the stories of the worlds of a result that lie nearest to the observed record.

    Prints how near they come and how that was measured, then what somebody would have read in the news; writes nothing.

    For example:

        doctrine worlds results/history --nearest-to-record

    Parameters
    ----------
    result
        A folder that doctrine run or doctrine compare wrote.
    nearest_to_record
        Choose the worlds whose American and European money, summed up, and whose land held by Russia run closest to the
        record, over the months that both have, each in units of its spread between worlds. So far the one way of
        choosing.
    worlds
        How many, of each doctrine.
    doctrine
        Label of one of the doctrines that were compared; all of them, one after the other, if not given.
    release
        Release of the Ukraine Support Tracker that the record's aid is taken from, 28 or 29; the newest if not given.
    json
        Print one JSON object.
    """
    from sim.answers.worlds import worlds as asked

    return tell(asked(result, nearest_to_record, worlds, doctrine, release), json)
