"""Word lists written as one string."""


def words(text: str) -> tuple[str, ...]:
    """The words of a string parted by white space."""
    return tuple(text.split())
