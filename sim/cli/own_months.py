"""`doctrine record`: what is known to which month, and tables of months of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from sim.cli import console
from sim.cli.exits import BAD_INPUT, DONE
from sim.cli.options import USUAL_ANSWERING, Answering, Flag, Whole

if TYPE_CHECKING:
    from sim.answers.answer import Answer
    from sim.record.own.additions import Change

Own = Annotated[Path | None, Parameter(name="--record")]
"""Folder of the user's own months."""

record_app = App(name="record", help_format="plaintext", result_action="return_value")


@record_app.default
def record(*, release: Whole | None = None, record: Own = None, json: Flag = False) -> int:
    """Show what of the record is known to which month, and the months of your own beside it.

    Prints every observed table with its publisher, its first and last month, and yours; writes nothing. Yours are drawn
    in the figures of doctrine run and doctrine compare, marked as yours.

    For example:

        doctrine record
        doctrine record check my_months.csv
        doctrine record add my_months.csv
        doctrine record vintages

    Parameters
    ----------
    release
        Release of the Ukraine Support Tracker that aid is taken from, 28 or 29; the newest if not given.
    record
        Folder of your own months; that of DOCTRINE_RECORD, or doctrine/record among your data, if not given.
    json
        Print one JSON object.
    """
    from sim.answers.known import known_months

    return _shown(known_months(record, release), json)


@record_app.command
def facts(*, release: Whole | None = None, record: Own = None, json: Flag = False) -> int:
    """Print the seven facts of the record, as it ships and with your own months.

    For example:

        doctrine record facts --release 28

    Parameters
    ----------
    release
        Release of the Ukraine Support Tracker that aid is taken from, 28 or 29; the newest if not given.
    record
        Folder of your own months; that of DOCTRINE_RECORD, or doctrine/record among your data, if not given.
    json
        Print one JSON object.
    """
    from sim.answers.known import facts as asked

    return _shown(asked(record, release), json)


@record_app.command
def conduct(*, record: Own = None, output: Answering = USUAL_ANSWERING) -> int:
    """Show what was done each month and by whom: the dated events, coded, with your own events marked as yours.

    Writes results/record-conduct/: a figure, what each month shows under two codings, and the events.

    For example:

        doctrine record conduct

    Parameters
    ----------
    record
        Folder of your own months; that of DOCTRINE_RECORD, or doctrine/record among your data, if not given.
    output
        Where results go.
    """
    from sim.answers.known import conduct as asked
    from sim.basics.folders import RESULTS
    from sim.cli.answers import deliver_to

    return deliver_to(output.out or RESULTS / "record-conduct", lambda *_: asked(record), output)


@record_app.command
def vintages(*, output: Answering = USUAL_ANSWERING) -> int:
    """Show how far published months still moved: the two releases of the Ukraine Support Tracker, month by month.

    Writes results/record-vintages/: a figure; both releases with what the later one changed; the error of a month that
    this measures; and the facts that differ.

    For example:

        doctrine record vintages

    Parameters
    ----------
    output
        Where results go.
    """
    from sim.answers.vintages import vintages as asked
    from sim.basics.folders import RESULTS
    from sim.cli.answers import deliver_to

    return deliver_to(output.out or RESULTS / "record-vintages", lambda *_: asked(), output)


@record_app.command
def check(file: Path, /, *, record: Own = None, json: Flag = False) -> int:
    """Say whether a table of your own is sound, and what it would bring; writes nothing.

    Prints a line, or every mistake with its line, column and remedy; exit code 2 if there is any. A table is CSV whose
    first line names the columns of one of four: aid, line, votes, events.

    For example:

        doctrine record check my_months.csv

    Parameters
    ----------
    file
        The table.
    record
        Folder of your own months; that of DOCTRINE_RECORD, or doctrine/record among your data, if not given.
    json
        Print one JSON object, of the mistakes if there are any.
    """
    from sim.record.own.additions import change, own_folder

    return _changed(file, lambda: (change(file, own_folder(record)), None), json)


@record_app.command
def add(file: Path, /, *, record: Own = None, json: Flag = False) -> int:
    """Add a table of your own: months that are new, and revisions of those that are known.

    Writes a table into the folder of your own months. Nothing there is written over: an earlier value stays, with the
    day on which it was added. What is known already is said and left.

    For example:

        doctrine record add my_months.csv

    Parameters
    ----------
    file
        The table, CSV; see doctrine record check.
    record
        Folder of your own months; that of DOCTRINE_RECORD, or doctrine/record among your data, if not given.
    json
        Print one JSON object, of the mistakes if there are any.
    """
    from sim.record.own.additions import add as added
    from sim.record.own.additions import own_folder

    return _changed(file, lambda: added(file, own_folder(record)), json)


@record_app.command
def remove(number: Whole, /, *, record: Own = None) -> int:
    """Take back an addition; what it revised counts again.

    For example:

        doctrine record remove 3

    Parameters
    ----------
    number
        The addition, as doctrine record numbers it.
    record
        Folder of your own months; that of DOCTRINE_RECORD, or doctrine/record among your data, if not given.
    """
    from sim.record.own.additions import own_folder
    from sim.record.own.additions import remove as removed

    console.line(f"Removed {removed(number, own_folder(record))}")
    return DONE


def _shown(found: Answer, as_json: bool) -> int:
    from sim.cli.answers import records, show

    if as_json:
        console.as_json({**found.about(), "tables": records(found.tables)})
    else:
        show(found)
    return DONE


def _changed(file: Path, act: Callable[[], tuple[Change, Path | None]], as_json: bool) -> int:
    """Say what a file brings, or everything that is wrong with it, and where it was written."""
    from sim.cli.shipped import unsound
    from sim.record.own.reading import RecordError
    from sim.record.own.rows_in_words import change_in_words

    try:
        found, place = act()
    except RecordError as error:
        report = unsound(error, as_json)
        if as_json:
            console.as_json(report)
        return BAD_INPUT
    told = change_in_words(found)
    if as_json:
        about: dict[str, Any] = {"file": str(file), "sound": True, "mistakes": [], "doubts": found.doubts}
        about |= {"table": found.table.name, "found": told, "same": found.same}
        about |= {"new": [dict(row) for row in found.new], "revised": [dict(row) for row, _ in found.revised]}
        console.as_json({**about, "folder": None if place is None else str(place)})
        return DONE
    console.line(f"{file}: sound; {told[0]}")
    console.paragraphs([f"- {line}" for line in told[1:]], console.INDENT)
    if place is not None:
        console.line(f"In {place}")
    return DONE
