"""The app in the browser (NiceGUI): explore live, learn, take a seat, run a class.

Each part is a room of its own whose `register` declares its pages; `server.serve` starts them, `guard` stands before
them. What they show is computed elsewhere: runs in other processes (`runs`), seats, lessons and rooms of a class in
`sim.teaching`, answers in `sim.answers`. `page` makes the page that runs the model by itself, `atlas` what that shows
before. The command line alone imports this room: `server`, `atlas` and `page`.
"""
