"""Dutch that every sentence of ours makes the same way."""


def meervoud(aantal: int, een: str, meer: str) -> str:
    """Return the number with its noun."""
    return f"{aantal} {een if aantal == 1 else meer}"
