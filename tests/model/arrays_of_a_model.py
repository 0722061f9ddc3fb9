"""Every array that a model has, month by month."""

import numpy as np


def lived(model) -> dict[str, np.ndarray]:
    """Live through all months of a model; its arrays and those of its actors, by owner, name and month."""
    found = {}
    for month in range(model.config.months):
        model.step()
        actors = ("united_states", "bureaucracy", "congress", "europe", "ukraine", "russia", "mediator")
        for owner, thing in [("model", model), *((actor, getattr(model, actor)) for actor in actors)]:
            arrays = {name: value for name, value in vars(thing).items() if isinstance(value, np.ndarray)}
            found |= {f"{owner}.{name}.{month}": value.copy() for name, value in arrays.items()}
    return found
