"""The pages instead of one that is not there, or that could not be made."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import PlainTextResponse, Response
from nicegui import Client, app, ui

from sim.app.guard.headers import LIBRARY
from sim.app.layout import frame, paragraph


def install() -> None:
    """Put them in the place of NiceGUI's own, which tell a stranger what went wrong inside."""
    app.exception_handler(404)(_missing)
    app.exception_handler(Exception)(_failed)
    app.on_page_exception(_broken)


async def _missing(request: Request, _: Exception) -> Response:
    if request.url.path.startswith(LIBRARY):
        return PlainTextResponse("There is no such file.\n", 404)
    with Client(ui.page(""), request=request) as client, frame("There is no such page"):
        paragraph("The address may be misspelt, or what it showed is over.")
        ui.link("To the first page", "/")
    return client.build_response(request, 404)


async def _failed(_: Request, __: Exception) -> Response:
    return PlainTextResponse("Something went wrong in the server.\n", 500)


def _broken() -> None:
    """What went wrong is in the server's log, not here."""
    with frame("This page could not be shown"):
        paragraph("Something went wrong in the server. Nothing of yours is lost: go back, or load the page again.")
        ui.link("To the first page", "/")
