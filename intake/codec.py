"""Border values to JSON rows and back.

A dataclass or NamedTuple travels as a list of its fields in order: short, and json's C code builds
most of it. The way back is strict: the exact number of fields, the exact types, known enum values,
finite numbers, text that a database can store. What comes from a child is not trusted.
"""

import dataclasses
import math
import types
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from intake.frames import BrokenFrame

T = TypeVar("T")
Decoder = Callable[[Any], Any]

# No count, size or position is larger, and SQLite's integers end not far above.
_LARGEST = 2**53


def row(value: Any) -> list[Any]:
    """A dataclass as the list of its fields; `default` for json.dumps."""
    if not dataclasses.is_dataclass(value):
        raise TypeError(type(value).__name__)
    return [getattr(value, field.name) for field in dataclasses.fields(value)]


def decode(kind: type[T], value: Any) -> T:
    """`value` as a `kind`. Raises BrokenFrame if it is anything else."""
    return cast(T, decoder(cast(Any, kind))(value))


def decode_all(kind: type[T], value: Any, at_most: int) -> tuple[T, ...]:
    """A list of at most `at_most` values of one kind. Raises BrokenFrame."""
    if type(value) is not list or len(value) > at_most:
        raise BrokenFrame("not a list, or longer than agreed")
    one = decoder(cast(Any, kind))
    return tuple(one(item) for item in value)


@cache
def decoder(kind: Any) -> Decoder:
    """The function that turns JSON into a `kind`; built once from the type hints."""
    simple = _SIMPLE.get(kind)
    if simple is not None:
        return simple
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _optional(kind)
    if origin is tuple:
        return _tuple(get_args(kind))
    if isinstance(kind, type):
        if issubclass(kind, Enum):
            return _enum(kind)
        if issubclass(kind, tuple) or dataclasses.is_dataclass(kind):
            return _record(kind)
    raise TypeError(f"no way to carry {kind!r}")


def _text(value: Any) -> str:
    if type(value) is not str:
        raise BrokenFrame("not text")
    if not value.isascii():
        try:
            value.encode()  # a lone surrogate can only come from an escape in the JSON
        except UnicodeEncodeError as error:
            raise BrokenFrame("text that cannot be stored") from error
    return value


def _whole(value: Any) -> int:
    if type(value) is not int or not -_LARGEST < value < _LARGEST:
        raise BrokenFrame("not a whole number")
    return value


def _number(value: Any) -> float:
    if type(value) is float and math.isfinite(value):
        return value
    return float(_whole(value))


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise BrokenFrame("not true or false")
    return value


_SIMPLE: dict[Any, Decoder] = {str: _text, int: _whole, float: _number, bool: _truth}


def _optional(kind: Any) -> Decoder:
    inner = [each for each in get_args(kind) if each is not type(None)]
    if len(inner) != 1 or len(get_args(kind)) != 2:
        raise TypeError(f"no way to carry {kind!r}")
    one = decoder(inner[0])

    def optional(value: Any) -> Any:
        return None if value is None else one(value)

    return optional


def _tuple(kinds: tuple[Any, ...]) -> Decoder:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        one = decoder(kinds[0])

        def many(value: Any) -> Any:
            if type(value) is not list:
                raise BrokenFrame("not a list")
            return tuple([one(item) for item in value])

        return many
    parts = tuple(decoder(kind) for kind in kinds)

    def fixed(value: Any) -> Any:
        if type(value) is not list or len(value) != len(parts):
            raise BrokenFrame("a list of another length")
        return tuple([part(item) for part, item in zip(parts, value, strict=True)])

    return fixed


def _enum(kind: type[Enum]) -> Decoder:
    known = {member.value: member for member in kind}

    def enum(value: Any) -> Any:
        member = known.get(value) if type(value) is str else None
        if member is None:
            raise BrokenFrame(f"no {kind.__name__}")
        return member

    return enum


def _record(kind: Any) -> Decoder:
    hints = get_type_hints(kind)
    names = (
        [field.name for field in dataclasses.fields(kind)]
        if dataclasses.is_dataclass(kind)
        else list(kind._fields)
    )
    fields = _tuple(tuple(hints[name] for name in names)) if names else None
    if fields is None:
        raise TypeError(f"{kind.__name__} has no fields")

    def record(value: Any) -> Any:
        return kind(*fields(value))

    return record
