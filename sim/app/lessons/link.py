"""The address in Explore at which a chapter goes on."""

from __future__ import annotations

from urllib.parse import urlencode

from sim.lessons.chapters import Place


def explore(place: Place) -> str:
    """The address.

    >>> explore(Place("outlook", "us", ("transactional", "transactional:clarity=1")))
    '/explore?scenario=outlook&actor=us&doctrine=transactional&doctrine=transactional%3Aclarity%3D1'
    """
    query = [("scenario", place.scenario), ("actor", place.actor), *(("doctrine", each) for each in place.doctrines)]
    return f"/explore?{urlencode([*query, ('since', place.since)] if place.since else query)}"
