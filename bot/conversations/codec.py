"""Dataclasses to JSON and back, driven by their type hints, so that a new field is stored without more code.

Knows dataclasses, unions of dataclasses (told apart by `is`, the class name), tuples, mappings with text
keys, literals, text, numbers, booleans and None. A field that is missing in the JSON takes its default.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

T = TypeVar("T")

Decoder = Callable[[Any], Any]

_PLAIN = frozenset({str, int, float, bool, type(None)})


def encode(value: Any) -> Any:
    """`value` as what `json.dumps` takes."""
    # Conversations hold hundreds of these, so they go first.
    if type(value) in _PLAIN:
        return value
    if isinstance(value, tuple):
        return [encode(one) for one in value]
    if isinstance(value, Mapping):
        return {key: encode(one) for key, one in value.items()}
    if dataclasses.is_dataclass(value):
        cls: Any = type(value)
        encoded = {"is": kind_of(cls)}
        for name in _field_names(cls):
            one = getattr(value, name)
            encoded[name] = one if type(one) in _PLAIN else encode(one)
        return encoded
    return value


def decode(wanted: type[T], value: Any) -> T:
    """What `encode` was given. Raises KeyError, TypeError or ValueError when `value` is not of that form."""
    cls: Any = wanted
    result: T = _decoder(cls)(value)
    return result


def kind_of(cls: Any) -> str:
    """The name of a class as stored: `CustomerSaid` is `customer_said`."""
    return _kind(cls)


@functools.cache
def _kind(cls: Any) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", str(cls.__name__)).lower()


@functools.cache
def _field_names(cls: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(cls))


@functools.cache
def _decoder(wanted: Any) -> Decoder:
    if dataclasses.is_dataclass(wanted):
        return _dataclass_decoder(typing.cast(type, wanted))
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in (typing.Union, types.UnionType):
        return _union_decoder(arguments)
    if origin is tuple:
        each = _decoder(arguments[0])
        return lambda value: tuple(each(one) for one in value)
    if origin is not None and issubclass(_class(origin), Mapping):
        of_value = _decoder(arguments[1])
        return lambda value: {key: of_value(one) for key, one in value.items()}
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _class(origin: Any) -> type:
    return origin if isinstance(origin, type) else object


def _dataclass_decoder(cls: type) -> Decoder:
    hints = typing.get_type_hints(cls)
    decoders = [(name, _decoder(hints[name])) for name in _field_names(cls)]

    def decoded(value: Any) -> Any:
        known = {}
        for name, read in decoders:
            if name in value:
                known[name] = value[name] if read is _as_it_is else read(value[name])
        return cls(**known)

    return decoded


def _union_decoder(arguments: tuple[Any, ...]) -> Decoder:
    classes: dict[str, Decoder] = {}
    for one in arguments:
        if dataclasses.is_dataclass(one):
            cls: Any = one
            classes[kind_of(cls)] = _decoder(cls)

    def decoded(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return classes[value["is"]](value)

    return decoded
