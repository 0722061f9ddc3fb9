"""The nine claims under test, each with the statistics that decide it, the directions claimed, and least sizes.

What would refute each claim is said in `docs/ODD.md`, section 9; the contrasts are those of `tests/claims/`. Nothing
here may be adjusted to what came out: change a statistic and say so in the changelog.
"""

from __future__ import annotations

from sim.questions.claims_of_alignment import C6, C8
from sim.questions.claims_of_bargaining import C1, C3, C3_REPLY
from sim.questions.claims_of_conduct import C2, C4, C5, C7

CLAIMS = {claim.name: claim for claim in (C1, C2, C3, C3_REPLY, C4, C5, C6, C7, C8)}
"""The claims by name."""
