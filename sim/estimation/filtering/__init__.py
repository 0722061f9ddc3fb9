"""The record assimilated: worlds whose history is conditioned month by month on what was observed.

`observed` says what was observed; `guides` move a world's draws to where they meet it, and `densities` weigh what is
left open; `state` knows every array over worlds; `particles` filters groups of worlds, each with parameters of its own;
`numbers` gives these priors, and `smc2` learns them; `lineage` replays one world alone; `forecast` lets worlds go on.
"""
