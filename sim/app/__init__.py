"""The app in the browser (NiceGUI): explore live, learn, take a seat, run a class.

Each part is a room of its own with a `register` that declares its pages; `server` starts them. What they show is
computed elsewhere: runs in other processes (`runs`), seats in `sim.seats`, rooms of a class in `sim.classroom`.
"""
