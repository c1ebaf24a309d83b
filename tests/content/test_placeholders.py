from hypothesis import given
from hypothesis import strategies as st

from bot.content.placeholders import Fault, Slot, escape, fill, parse, slots


def test_slots_are_filled_or_fall_back() -> None:
    text = "Hi {name|there}! Order {order_number} comes {eta|}."
    assert fill(text, {"name": "Ada", "order_number": "A1"}) == "Hi Ada! Order A1 comes ."
    assert fill(text, {"name": "", "order_number": "A1"}) == "Hi there! Order A1 comes ."
    assert slots(text) == (Slot("name", "there"), Slot("order_number"), Slot("eta", ""))


def test_a_value_is_not_read_again() -> None:
    assert fill("{a}", {"a": "{b}", "b": "no"}) == "{b}"


def test_double_braces_are_plain_ones() -> None:
    assert fill("{{a}} {a} {{{a}}}", {"a": "x"}) == "{a} x {x}"
    assert slots("{{a}}") == ()


def test_anything_else_in_braces_is_a_fault() -> None:
    for text in ("{ a }", "{a.b}", "{a b}", "{}", "{", "}", "{1}", "{a|{b}}", "{{a}"):
        assert any(isinstance(part, Fault) for part in parse(text)), text


def test_slots_may_have_letters_of_any_script() -> None:
    assert fill("{имя} {ชื่อ|x}", {"имя": "Ада"}) == "Ада x" or slots("{имя}") == (Slot("имя"),)


@given(st.text())
def test_an_escaped_text_is_said_as_it_is(text: str) -> None:
    assert not any(isinstance(part, Slot | Fault) for part in parse(escape(text)))
    assert fill(escape(text), {}) == text


@given(st.text(alphabet="{}| ab.1_\n"))
def test_any_text_can_be_filled(text: str) -> None:
    fill(text, {"a": "x"})
