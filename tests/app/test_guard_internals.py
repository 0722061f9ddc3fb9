"""The guard's hooks are into names of NiceGUI that are not public: each is held against the installed one."""

import ast
import inspect
import json
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from nicegui import Client, app, core, ui
from nicegui.storage import RequestTrackingMiddleware
from packaging.requirements import Requirement
from starlette.middleware.sessions import SessionMiddleware
from uvicorn.protocols.http.h11_impl import H11Protocol

from sim import browser
from sim.browser.guard import internals

ADVICE = f"sim/browser/guard/internals.py was written for NiceGUI {internals.VERSION}: look there what took its place"
NOT_PUBLIC = {"core", "_request", "_delete_tasks", "_socket_to_document_id", "build_middleware_stack", "instances"}


def held(found: bool, what: str) -> None:
    assert found, f"{what} is gone or has changed in NiceGUI {version('nicegui')}. {ADVICE}"


def test_the_installed_minor_version_is_the_one_that_the_hooks_were_written_for():
    held(version("nicegui").startswith(f"{internals.VERSION}."), "the minor version")


def test_the_package_asks_for_that_minor_version_alone():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (asked,) = [r for r in map(Requirement, project["optional-dependencies"]["app"]) if r.name == "nicegui"]
    major, minor = map(int, internals.VERSION.split("."))
    assert f"{internals.VERSION}.0" in asked.specifier
    assert f"{major}.{minor + 1}.0" not in asked.specifier


@pytest.mark.parametrize(("event", "arguments"), internals.EVENTS.items())
def test_nicegui_handles_what_a_page_says_with_so_many_arguments(event, arguments):
    handler = core.sio.handlers["/"].get(event)
    held(handler is not None, f"the handler of {event!r}")
    held(len(inspect.signature(handler).parameters) == arguments, f"the arguments of the handler of {event!r}")


def test_nicegui_says_no_more_events_than_are_wrapped():
    held(set(core.sio.handlers["/"]) - {"disconnect"} == set(internals.EVENTS), "the list of events")


@pytest.mark.parametrize(
    "place",
    [
        "sio.on",
        "sio.rooms",
        "sio.environ",
        "sio.async_handlers",
        "sio.manager.eio_sid_from_sid",
        "sio.manager.sid_from_eio_sid",
        "sio.eio.on",
        "sio.eio.disconnect",
        "sio.eio.max_http_buffer_size",
        "sio.eio.cors_allowed_origins",
    ],
)
def test_the_server_beneath_has_what_the_guard_sets_and_asks(place):
    found = core
    for name in place.split("."):
        held(hasattr(found, name), f"core.{place}")
        found = getattr(found, name)


def test_a_packet_comes_with_the_name_of_its_connection():
    handler = core.sio.eio.handlers["message"]
    held(list(inspect.signature(handler).parameters)[-2:] == ["eio_sid", "data"], "the handler of packets")


@pytest.fixture
def page():
    client = Client(ui.page(""), request=None)
    yield client
    if client.id in Client.instances:
        client.delete()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("_request", type(None)),
        ("_delete_tasks", dict),
        ("_socket_to_document_id", dict),
        ("next_element_id", int),
        ("elements", dict),
        ("created", float),
        ("has_socket_connection", bool),
    ],
)
def test_a_page_in_memory_has_what_the_guard_asks(page, name, kind):
    held(isinstance(getattr(page, name, NotImplemented), kind), f"Client.{name}")
    held(Client.instances.get(page.id) is page, "Client.instances")


def test_elements_of_a_page_are_found_by_their_numbers(page):
    with page:
        label = ui.label("here")
    assert internals.element_of(page.id, label.id) == (True, label)
    assert internals.element_of(page.id, 10**6) == (False, None)
    assert internals.element_of("nobody", 3) == (True, None)
    assert page not in internals.requested_pages()


def test_a_page_that_is_given_up_is_gone(page):
    internals.forget(page, lambda name: pytest.fail("nobody is connected"))
    assert page.id not in Client.instances


def test_json_is_read_as_nicegui_reads_it():
    assert internals.parsed('{"a": [1, "b"]}') == {"a": [1, "b"]}
    for text in ("{", "NaN"):
        with pytest.raises(ValueError, match=r".+"):
            internals.parsed(text)


def test_the_cookie_is_called_and_lives_as_the_guard_thinks():
    defaults = inspect.signature(SessionMiddleware).parameters
    held(defaults["session_cookie"].default == internals.COOKIE, "the name of the cookie")
    held(defaults["max_age"].default == internals.COOKIE_AGE, "the age of the cookie")
    source = inspect.getsource(RequestTrackingMiddleware)
    held(f"request.session['{internals.COOKIE_KEY}']" in source, "the key of the cookie")


def test_files_and_messages_are_where_the_guard_expects_them():
    paths = [getattr(route, "path", "") + "/" for route in app.routes]
    for place in (internals.LIBRARY, internals.TALK):
        held(any(path.startswith(place) for path in paths), f"the path {place}")
    held("loadingBar" in app.config.quasar_config, "the configuration of Quasar")
    held(callable(app.build_middleware_stack), "app.build_middleware_stack")


def test_uvicorn_tells_a_connection_what_happens_to_it():
    for name, arguments in {
        "connection_made": 2,
        "data_received": 2,
        "connection_lost": 2,
        "timeout_keep_alive_handler": 1,
    }.items():
        held(len(inspect.signature(getattr(H11Protocol, name)).parameters) == arguments, f"uvicorn's {name}")
    source = inspect.getsource(H11Protocol.__init__)
    for name in ("self.loop", "self.conn", "self.cycle", "self.transport", "self.client"):
        held(name in source, f"uvicorn's {name}")


def test_no_other_file_of_the_app_uses_what_is_not_public():
    used = {}
    for file in Path(browser.__file__).parent.rglob("*.py"):
        if file.name == "internals.py":
            continue
        names = {
            name
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            for name in (
                [node.attr]
                if isinstance(node, ast.Attribute)
                else [alias.name for alias in node.names if node.module == "nicegui"]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        }
        if names & NOT_PUBLIC:
            used[file.name] = names & NOT_PUBLIC
    assert not used, json.dumps(used, default=list)
