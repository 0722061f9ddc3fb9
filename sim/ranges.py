"""The ranges that numbers of a scenario file can have, by name."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

Share = Annotated[float, Field(ge=0.0, le=1.0)]
PositiveShare = Annotated[float, Field(gt=0.0, le=1.0)]
Positive = Annotated[float, Field(gt=0.0)]
NonNegative = Annotated[float, Field(ge=0.0)]
Memory = Annotated[float, Field(ge=0.0, lt=1.0)]
"""Share of the past that stays; less than 1."""
Fraction = Annotated[float, Field(gt=0.0, lt=1.0)]
"""A share that is neither nothing nor all."""
