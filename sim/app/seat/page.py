"""The page (to come): the component first."""


def declare() -> None:
    """Nothing yet."""
