"""A class at the table: rooms that a teacher opens, students who take seats, worlds that they live through together.

Everything that happens in a room is a line in its journal on disk; the state of a room is what replaying the journal
gives (`state`). What may happen is said by `Room`; all rooms of a server are kept by `Rooms`. Time comes in as an
argument, in seconds since the epoch, so that nothing here waits or looks at a clock.
"""
