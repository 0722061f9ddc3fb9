"""The month's stages, found in `Negotiation.step` itself, and a way to stand beside each of them."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from operator import attrgetter
from types import FunctionType
from typing import Any
from unittest.mock import patch

from sim.basics.draws import Draws
from sim.model import Negotiation

STAGES: dict[str, tuple[str, ...]] = {
    "calendar": ("begin_month", "end_month"),
    "front": ("move_front", "public.weary"),
    "executive": ("united_states.decide_aid", "united_states.announce", "bureaucracy.carry_out"),
    "Congress": ("congress.legislate",),
    "flows": ("united_states.allocate", "united_states.deliver", "united_states.keep_word"),
    "beliefs": ("reading.look", "ukraine.update_belief", "russia.update_belief", "europe.update_belief"),
    "Europe": ("europe.sanction", "europe.contribute", "europe.deliver"),
    "stocks": ("ukraine.arm", "russia.mobilise"),
    "guests": ("guests_act",),
    "table": ("ukraine.weigh_war", "russia.weigh_war", "mediator.convene"),
    "peace": ("mediator.keep_peace",),
}
"""Which calls of a step make up a stage of the month."""
OTHER, DRAWS, RECORD = "other", "draws", "record"
"""A call that no stage names; all luck, wherever it is drawn; and recording, after the step."""

Method = Callable[..., Any]
Beside = Callable[[str, Method], Method]
"""Given a stage and a method of it, returns the method with something done beside it."""


def calls() -> list[str]:
    """What `Negotiation.step` calls, in order, such as "congress.legislate"."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(Negotiation.step)))
    called = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [name.removeprefix("self.") for name in called if name.startswith("self.")]


def stage_of(call: str) -> str:
    """The stage that a call belongs to."""
    return next((stage for stage, members in STAGES.items() if call in members), OTHER)


@contextmanager
def watched(model: Negotiation, stage: Beside, draw: Beside) -> Iterator[None]:
    """Do something beside every call of this model's steps, and beside every method that draws luck."""
    with ExitStack() as changed:
        for call in calls():
            path, _, name = call.rpartition(".")
            owner = attrgetter(path)(model) if path else model
            changed.enter_context(patch.object(owner, name, stage(stage_of(call), getattr(owner, name))))
        for name, method in vars(Draws).items():
            if isinstance(method, FunctionType) and not name.startswith("_"):
                changed.enter_context(patch.object(Draws, name, draw(DRAWS, method)))
        yield
