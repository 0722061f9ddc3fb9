"""What happens, whoever acts: pure functions on arrays over worlds.

One file a process: the front, votes, flows of money, beliefs, what war and packages are worth, proposals, settlements.
"""
