"""The model as JSON and back: what the parser process sends, what the store keeps of an article.

A value of a class that stands in a union carries its class name under "t"; fields at their defaults are left out.
Nothing but the classes of ``tui.news.model`` can come out of ``decode``: JSON from a parser process is foreign.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from tui.news import model

T = TypeVar("T")
Json = Any


def encode(value: object) -> Json:
    """A model value as plain JSON data (dict, list, str, int, float, bool, None)."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        data: dict[str, Json] = {"t": type(value).__name__}
        for field in dataclasses.fields(value):
            item = getattr(value, field.name)
            if field.default is dataclasses.MISSING or item != field.default:
                data[field.name] = encode(item)
        return data
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"not a model value: {type(value).__name__}")


def decode(cls: type[T], data: Json) -> T:
    """The value of class ``cls`` that ``data`` describes.

    Raises ValueError when the data does not describe one.
    """
    try:
        return typing.cast(T, _decode(cls, data))
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not a {cls.__name__}: {error}") from error


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls, vars(model))


def _decode(hint: Any, data: Json) -> Any:
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return _decode_union(typing.get_args(hint), data)
    if origin is tuple:
        if not isinstance(data, list):
            raise ValueError("a list was expected")
        item = typing.get_args(hint)[0]
        return tuple(_decode(item, entry) for entry in data)
    if dataclasses.is_dataclass(hint):
        return _decode_dataclass(typing.cast(type, hint), data)
    if hint is datetime:
        return datetime.fromisoformat(data)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(data)
    if hint is float and type(data) is int:
        return float(data)
    if type(data) is not hint:
        raise ValueError(f"{hint.__name__} was expected, not {type(data).__name__}")
    return data


def _decode_union(options: tuple[Any, ...], data: Json) -> Any:
    if data is None and types.NoneType in options:
        return None
    options = tuple(option for option in options if option is not types.NoneType)
    if len(options) == 1:
        return _decode(options[0], data)
    for option in options:
        if option.__name__ == data["t"]:
            return _decode(option, data)
    raise ValueError(f"unknown kind {data['t']!r}")


def _decode_dataclass(cls: type, data: Json) -> Any:
    if not isinstance(data, dict) or data.get("t") != cls.__name__:
        raise ValueError(f"a {cls.__name__} was expected")
    hints = _hints(cls)
    return cls(**{name: _decode(hints[name], item) for name, item in data.items() if name != "t"})
