"""Frames of the web channel: what is read, and what is refused and why."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import frames


def test_a_message_is_read() -> None:
    frame = frames.read('{"type": "message", "id": "m1", "text": "  where is my order "}')
    assert frame == frames.Said(type="message", id="m1", text="where is my order")


def test_a_hello_needs_nothing_but_its_type() -> None:
    assert frames.read('{"type": "hello"}') == frames.Hello(type="hello")


def test_keys_of_newer_clients_are_left_alone() -> None:
    assert frames.read('{"type": "typing", "since": 3}') == frames.Typing(type="typing")


def test_halves_of_characters_are_replaced() -> None:
    frame = frames.read('{"type": "message", "id": "m1", "text": "a\\ud83d\\u0000b"}')
    assert isinstance(frame, frames.Said)
    assert frame.text == "a\ufffd\ufffdb"
    frame.text.encode()


@pytest.mark.parametrize(
    ("data", "says", "id"),
    [
        ("{", "not JSON", None),
        ("[" * 100_000, "not JSON", None),
        ("[]", "not a JSON object", None),
        ("7", "not a JSON object", None),
        ("{}", "`type`", None),
        ('{"type": "dance", "id": "m1"}', "`type`", "m1"),
        ('{"type": "message", "id": "m1"}', "`text`", "m1"),
        ('{"type": "message", "id": "m1", "text": 7}', "`text`", "m1"),
        ('{"type": "message", "text": "hi"}', "`id`", None),
        ('{"type": "message", "id": "", "text": "hi"}', "`id`", None),
        ('{"type": "read", "seq": -1}', "`seq`", None),
        ('{"type": "read", "seq": true}', "`seq`", None),
        ('{"type": "hello", "last_seq": 1.5}', "`last_seq`", None),
    ],
)
def test_a_bad_frame_says_what_is_wrong(data: str, says: str, id: str | None) -> None:
    with pytest.raises(frames.BadFrame) as caught:
        frames.read(data)
    assert says in caught.value.sentence
    assert caught.value.id == id


@given(
    st.text()
    | st.recursive(st.none() | st.integers() | st.text(), lambda x: st.dictionaries(st.text(), x)).map(
        json.dumps
    )
)
def test_nothing_but_a_bad_frame_is_ever_raised(data: str) -> None:
    try:
        frames.read(data)
    except frames.BadFrame as error:
        assert error.sentence
