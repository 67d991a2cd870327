"""Choosing rows by many values at once."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, ColumnElement, any_, literal
from sqlalchemy.dialects.postgresql import ARRAY


def one_of(column: Column[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """That the column holds one of these values: one array, where IN would make a parameter of each of thousands."""
    return column == any_(literal(list(values), ARRAY(column.type)))
