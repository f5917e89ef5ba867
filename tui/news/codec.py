"""The model as JSON and back: what the parser process sends, what the store keeps of an article.

A dataclass carries its name under "t"; fields at their defaults are left out; a field declared as a Sequence is decoded
when it is looked at. Nothing but the classes of ``tui.news.model`` can come out of ``decode``: JSON from a parser
process is foreign. Thousands of stories pass here in one refresh, so what a class needs is worked out once and kept as
a function.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from tui.news import model

T = TypeVar("T")
Json = Any
Decoder = Callable[[Json], Any]


class Encoded(Sequence[T]):
    """A sequence as its JSON, decoded when somebody looks. What is only stored is never decoded.

    Looking raises ValueError when the JSON does not describe such a sequence.
    """

    __slots__ = ("_decode", "_values", "data")

    def __init__(self, data: list[Json], decode: Callable[[list[Json]], tuple[T, ...]]) -> None:
        self.data = data
        self._decode = decode
        self._values: tuple[T, ...] | None = None

    @property
    def values(self) -> tuple[T, ...]:
        """What it holds."""
        if self._values is None:
            try:
                self._values = self._decode(self.data)
            except (TypeError, KeyError, AttributeError, RecursionError) as error:
                raise ValueError(f"not what was expected: {error}") from error
        return self._values

    def __len__(self) -> int:
        return len(self.data)

    def __iter__(self) -> Iterator[T]:
        return iter(self.values)

    @typing.overload
    def __getitem__(self, index: int) -> T: ...
    @typing.overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        return self.values[index]

    def __eq__(self, other: object) -> bool:
        return self.values == (other.values if isinstance(other, Encoded) else other)

    def __hash__(self) -> int:
        return hash(self.values)

    def __repr__(self) -> str:
        return repr(self.values)


def encode(value: object) -> Json:
    """A model value as plain JSON data (dict, list, str, int, float, bool, None)."""
    kind = type(value)
    if kind is str or kind is int or kind is bool or kind is float or value is None:
        return value
    if kind is Encoded:
        return typing.cast("Encoded[object]", value).data
    if kind is tuple:
        return [encode(item) for item in typing.cast("tuple[object, ...]", value)]
    if kind is datetime:
        return typing.cast(datetime, value).astimezone(UTC).isoformat()
    if isinstance(value, StrEnum):
        return value.value
    data: dict[str, Json] = {"t": kind.__name__}
    for name, default in _plan(typing.cast(Any, kind)):
        item = getattr(value, name)
        if item is not default and item != default:
            data[name] = encode(item)
    return data


def decode(cls: type[T], data: Json) -> T:
    """The value of class ``cls`` that ``data`` describes.

    Raises ValueError when the data does not describe one.
    """
    try:
        return typing.cast(T, _decoder(typing.cast(Any, cls))(data))
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a {cls.__name__}: {error}") from error


@cache
def _plan(cls: type) -> tuple[tuple[str, object], ...]:
    """(field, default) of a dataclass; a field without a default has one that nothing equals."""
    if not dataclasses.is_dataclass(cls):
        raise TypeError(f"not a model value: {cls.__name__}")
    return tuple((field.name, field.default) for field in dataclasses.fields(cls))


@cache
def _decoder(hint: Any) -> Decoder:
    """The function that turns JSON into a value of a type."""
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return _union(typing.get_args(hint))
    if origin is tuple:
        return _tuple(typing.get_args(hint)[0])
    if origin is Sequence:
        return _sequence(typing.get_args(hint)[0])
    if dataclasses.is_dataclass(hint):
        return _dataclass(typing.cast(type, hint))
    if hint is datetime:
        return datetime.fromisoformat
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return _plain(hint)


def _plain(kind: type) -> Decoder:
    def decode_plain(data: Json) -> Any:
        if type(data) is kind:
            return data
        if kind is float and type(data) is int:
            return float(data)
        raise ValueError(f"{kind.__name__} was expected, not {type(data).__name__}")

    return decode_plain


def _tuple(item: Any) -> Decoder:
    decode_item = _later(item)

    def decode_tuple(data: Json) -> Any:
        if type(data) is not list:
            raise ValueError("a list was expected")
        return tuple([decode_item(entry) for entry in data])

    return decode_tuple


def _sequence(item: Any) -> Decoder:
    decode_tuple = _tuple(item)

    def decode_sequence(data: Json) -> Any:
        if type(data) is not list:
            raise ValueError("a list was expected")
        return Encoded(data, decode_tuple)

    return decode_sequence


def _union(options: tuple[Any, ...]) -> Decoder:
    optional = types.NoneType in options
    kinds = [option for option in options if option is not types.NoneType]
    only = _later(kinds[0]) if len(kinds) == 1 else None
    named = {kind.__name__: _later(kind) for kind in kinds}

    def decode_union(data: Json) -> Any:
        if data is None and optional:
            return None
        if only is not None:
            return only(data)
        found = named.get(data["t"])
        if found is None:
            raise ValueError(f"unknown kind {data['t']!r}")
        return found(data)

    return decode_union


def _dataclass(cls: type) -> Decoder:
    fields = {name: _later(hint) for name, hint in typing.get_type_hints(cls, vars(model)).items()}

    def decode_dataclass(data: Json) -> Any:
        if type(data) is not dict or data.get("t") != cls.__name__:
            raise ValueError(f"a {cls.__name__} was expected")
        return cls(**{name: fields[name](item) for name, item in data.items() if name != "t"})

    return decode_dataclass


def _later(hint: Any) -> Decoder:
    """The decoder of a type that may be under construction: a list holds lists."""

    def decode_later(data: Json) -> Any:
        return _decoder(hint)(data)

    return decode_later
