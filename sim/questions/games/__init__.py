"""Empirical games: payoffs sampled by simulation, and what game theory makes of them; one algorithm a file.

Payoffs are arrays with axes (player, strategies of the first player, ..., strategies of the last), in the field's
words a game in normal form; sampled payoffs have the worlds as a last axis. The solutions know nothing of what is
simulated; `game_form` (who plays what), `payoffs` (what it is worth to whom), `empirical_game` and `bargaining` do.
`sim.game` asks; `tables` and `sentences` tell.

References
----------
Wellman, M., Tuyls, K. and Greenwald, A. (2025). Empirical game-theoretic analysis: a survey. *Journal of Artificial
Intelligence Research* 82.
"""
