"""How long it takes until the other organisation hears of a match."""
