"""The base classes of model and actors: Mesa's, or where it is absent two that do what the model asks of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from typing import Any

# Mesa looks up the source of every function on the stack while it is imported. Here the stack is deep, since one import
# leads to another, and that takes as long as the rest of Mesa; in a thread of its own it is short.
# Where it is absent there may be no threads either, such as in a browser.
with suppress(ImportError):
    if find_spec("mesa"):
        with ThreadPoolExecutor(1) as apart:
            apart.submit(import_module, "mesa").result()

try:
    from mesa import Agent, Model
except ImportError:  # where the model runs by itself, such as in a browser

    class Model:  # type: ignore[no-redef]
        """A model that knows its seed; all luck of the model is in its draws."""

        def __init__(self, rng: int) -> None:
            self.rng, self.running = rng, True

    class Agent:  # type: ignore[no-redef]
        """An agent that knows its model."""

        def __init__(self, model: Any) -> None:
            self.model = model


__all__ = ["Agent", "Model"]
