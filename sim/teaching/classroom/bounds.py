"""How much a class may ask of the server, each bound with its reason."""

from __future__ import annotations

MOST_ROOMS = 50
"""Rooms that a server keeps; a school's, and more than one machine serves at once."""
MOST_STUDENTS = 100
"""Students in a room."""
MOST_TABLES = 30
"""Tables in a room: a hundred students in groups of three to five."""
LONGEST_NAME = 24
"""Characters in a student's name: what fits beside a seat on a phone."""
MOST_MARKS = 3
"""Accents in a row: no script stacks more on one letter, and a tower of them runs over its neighbours."""
SHORTEST_MONTH, LONGEST_MONTH = 15, 3600
"""Seconds that a month on the clock may take."""
GRACE = 30.0
"""Seconds that a table waits for somebody whose page has lost its connection, before his doctrine takes over."""
MOST_MOVES = 100
"""Times that one student may sit down: more is mischief, and would fill the journal."""
MOST_CHANGES = 30
"""Times that the orders of one table may be given or taken back in a month, by each seat on average."""
MOST_TEACHERS = 20
"""Browsers that may hold the teacher's key of one room."""
JOURNAL_BYTES = 8_000_000
"""Size of a journal: a full room that changes every order ten times in five years needs less than half."""
LINE_BYTES = 4096
"""Size of one line of it."""
ROOM_DAYS = 60.0
"""Days after its last action for which a room is kept: a term's project, and no longer than names need be."""
UNJOINED_DAYS = 2.0
"""Days for which a room is kept that nobody has joined: opened the day before a class, or opened for nothing."""
SPARED = 3600.0
"""Seconds for which a room that nobody has joined does not give way to a new one where there is no place left."""
DAY = 86_400.0
