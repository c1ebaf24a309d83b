"""Edits of YAML.

1. Every line of the file stays as it is and where it is, but for what was asked.
2. What is written is read again as what was asked, whatever the text is.
3. New things are written as the file is: blank lines, dashes, line ends, braces.
4. What is missing on the way is added.
5. What a program cannot edit is refused, and nothing is guessed.
6. What is taken out of a list takes its own lines along, and no comment that stands apart from it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.content.splicing import CannotEdit, value_at, with_entry, with_items, with_text, without_items
from bot.content.yamlvalues import Value
from bot.yamlfile import read_text
from bot.yamltree import plain

BUNDLED = sorted((Path(__file__).parents[2] / "data").rglob("*.yml"))
INTENTS = [path for path in BUNDLED if "intents" in path.parts]
SHOP = """\
# Answers. They are read by everybody.
templates:
  returns:   # the most asked
    answers: returns
    text: {en:  "Thirty days.",sv: 'Trettio dagar.'}   # both

  delivery:
      answers: delivery
      text:
        en: |-
          Two days.

          Not on Sundays.
        # Swedish is missing
      tip: {en: Be at home}
# the end
"""
ANSWER: Value = {"answers": "rent", "mode": "suggest", "text": {"en": "Yes: we rent.\nAsk us."}}


WAY = ["templates"]


def lines_kept(before: str, after: str) -> bool:
    """Whether all lines of one text are in the other, in order."""
    rest = iter(after.splitlines())
    return all(line in rest for line in before.splitlines())


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_1_and_2_the_bundled_files(path: Path) -> None:
    text = path.read_text("utf-8")
    section = path.relative_to(path.parents[2]).parts[0]
    edited = with_entry(text, [section], "rent_tents", ANSWER)
    assert lines_kept(text, edited)
    assert value_at(edited, [section, "rent_tents"]) == ANSWER


def test_3_as_the_file_is() -> None:
    assert with_entry(SHOP, ["templates"], "rent", ANSWER) == SHOP.replace(
        "      tip: {en: Be at home}\n",
        "      tip: {en: Be at home}\n\n  rent:\n    answers: rent\n    mode: suggest\n    text:\n"
        "      en: |-\n        Yes: we rent.\n        Ask us.\n",
    )


@pytest.mark.parametrize(
    ("path", "new", "old", "expected"),
    [
        (["returns", "text", "en"], 'Forty "days".', '"Thirty days."', '"Forty \\"days\\"."'),
        (["returns", "text", "sv"], "Fyrtio.", "'Trettio dagar.'", '"Fyrtio."'),
        (["returns", "answers"], "other", "    answers: returns\n", "    answers: other\n"),
        (["delivery", "tip", "en"], "no: never", "Be at home", '"no: never"'),
        (
            ["delivery", "text", "en"],
            "One.\n\nTwo.",
            "Two days.\n\n          Not on Sundays.",
            "One.\n\n          Two.",
        ),
        (
            ["delivery", "text", "en"],
            "One.",
            "|-\n          Two days.\n\n          Not on Sundays.",
            '"One."',
        ),
    ],
)
def test_1_texts(path: list[str], new: str, old: str, expected: str) -> None:
    assert SHOP.count(old) == 1
    assert with_text(SHOP, [*WAY, *path], new) == SHOP.replace(old, expected)


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\u0085\u2028"), min_size=1
)


@given(TEXTS, st.sampled_from(["returns", "delivery"]))
@example("no", "delivery")
@example("a: b # c", "returns")
@example(" leading\n\ttab\ntrailing ", "delivery")
@example("12:30", "delivery")
@example("{slot|x}", "returns")
@example("- a\n- b", "delivery")
@example("line\n\n", "delivery")
def test_2_any_text(text: str, name: str) -> None:
    edits: list[Callable[[], str]] = [
        lambda: with_text(SHOP, ["templates", name, "text", "en"], text),
        lambda: with_entry(SHOP, ["templates", name, "text"], "th", text),
        lambda: with_entry(SHOP, ["templates"], "rent", {"text": {"en": text}}),
        lambda: with_entry("", ["intents"], "rent", {"examples": {"en": [text, "x"]}}),
        lambda: with_items("a:\n- x  # first\n", ["a"], [text]),
        lambda: with_items("a: [x , y]\n", ["a"], [text]),
    ]
    for edit in edits:
        assert read_text(edit(), "").problems == ()
    assert value_at(edits[0](), ["templates", name, "text", "en"]) == text
    assert value_at(edits[4](), ["a"]) == ["x", text]


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        ("", lambda text: with_entry(text, ["intents"], "a", {"b": "c"}), "intents:\n  a:\n    b: c\n"),
        ("# c\n", lambda text: with_entry(text, ["intents"], "a", "b"), "# c\nintents:\n  a: b\n"),
        ("x: y", lambda text: with_entry(text, ["i"], "a", "b"), "x: y\n\ni:\n  a: b\n"),
        ("i: # none\nx: y\n", lambda text: with_entry(text, ["i"], "a", "b"), "i: # none\n  a: b\nx: y\n"),
        (
            "i:\n  x: {en: y}\n",
            lambda text: with_entry(text, ["i", "x"], "sv", "b"),
            'i:\n  x: {en: y, sv: "b"}\n',
        ),
        ("a:\n- x\nb: c\n", lambda text: with_items(text, ["a"], ["w"]), "a:\n- x\n- w\nb: c\n"),
        ("a:\n    - x # c", lambda text: with_items(text, ["a"], ["w"]), "a:\n    - x # c\n    - w\n"),
        ("a: [x]\n", lambda text: with_items(text, ["a"], ["y", "z"]), 'a: [x, "y", "z"]\n'),
        ("a:\r\n  b: c\r\n", lambda text: with_text(text, ["a", "b"], "d"), "a:\r\n  b: d\r\n"),
        (
            "a:\r\n  b: c\r\n",
            lambda text: with_entry(text, ["a"], "d", "e"),
            "a:\r\n  b: c\r\n\r\n  d: e\r\n",
        ),
    ],
)
def test_3_and_4_forms(before: str, edit: Callable[[str], str], after: str) -> None:
    assert edit(before) == after


@pytest.mark.parametrize(
    "edit",
    [
        lambda: with_entry("a: {b: c}", ["a"], "b", "d"),
        lambda: with_entry("a: {b: c}", ["a"], "e", {"f": "g"}),
        lambda: with_entry("a: text", ["a"], "b", "c"),
        lambda: with_entry("{a: {b: c}}", ["a"], "d", "e"),
        lambda: with_entry("- a", ["a"], "d", "e"),
        lambda: with_entry("a: [", ["a"], "d", "e"),
        lambda: with_entry("a: &x {b: c}\nd: *x\n", ["a"], "e", "f"),
        lambda: with_text("a: {b: c}", ["a"], "d"),
        lambda: with_text("a: {b: c}", ["x", "y"], "d"),
        lambda: with_text("a: &x b\nc: *x\n", ["a"], "d"),
        lambda: with_items("a: b", ["a"], ["c"]),
        lambda: with_items("a: []", ["a"], ["c"]),
    ],
)
def test_5_refused(edit: Callable[[], Any]) -> None:
    with pytest.raises(CannotEdit):
        edit()


@pytest.mark.parametrize(
    ("before", "items", "after"),
    [
        ("a:\n  - x  # first\n  # both\n  - y\n\n  - z\n", ["y"], "a:\n  - x  # first\n  # both\n\n  - z\n"),
        ("a:\n- x\n- y", ["y"], "a:\n- x\n"),
        ("a:\n  - x # only x\n  - y\n  - x\n", ["x"], "a:\n  - y\n"),
        ("a:\n  - |-\n    x\n    y\n  # z\n  - z\n", ["x\ny"], "a:\n  # z\n  - z\n"),
        ("a:\r\n  - x\r\n  - 'y'\r\nb: c\r\n", ["y"], "a:\r\n  - x\r\nb: c\r\n"),
        ("a: [x, y , z]  # c\n", ["x", "z"], "a: [y]  # c\n"),
        ("a: [x, y , z]  # c\n", ["y", "z"], "a: [x]  # c\n"),
        ("a: ['x, #1', y,\n  z]\n", ["y"], "a: ['x, #1', z]\n"),
        ("a:\n  - >-\n    x\n    y\n  - z\n", ["x y"], "a:\n  - z\n"),
    ],
)
def test_6_forms(before: str, items: list[str], after: str) -> None:
    assert without_items(before, ["a"], items) == after


@pytest.mark.parametrize(
    "before",
    [
        "a: [x]\n",
        "a: x\n",
        "a: &b [x, y]\nc: *b\n",
        "a: [x, # why\n  y]\n",
        "a:\n  - &b x\n  - *b\n  - y\n",
        "a:\n  - x\n  - {b: c}\n",
    ],
)
def test_6_refused(before: str) -> None:
    with pytest.raises(CannotEdit):
        without_items(before, ["a"], ["x"])


@given(st.lists(TEXTS, min_size=2, max_size=6, unique=True), st.data())
def test_6_any_texts(texts: list[str], data: st.DataObject) -> None:
    out = data.draw(st.lists(st.sampled_from(texts), max_size=len(texts) - 1, unique=True))
    for head in ("a:\n- x\n", "a: [x]\n"):
        whole = with_items(head, ["a"], texts)
        assert value_at(without_items(whole, ["a"], out), ["a"]) == [
            one for one in ["x", *texts] if one not in out
        ]


@st.composite
def blocks(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Items of a list as texts, each with its lines as people write them: quoted, folded, noted, spaced."""
    words = draw(
        st.lists(st.sampled_from(["x", "åäö", "ไทย 😀", "it's", "a - b", "42"]), min_size=2, max_size=7)
    )
    written = []
    for place, word in enumerate(words):
        text = f"{word} {place // 2}"
        forms = (text, f'"{text}"  # a - "note"', "'" + text.replace("'", "''") + "'", f">-\n    {text}")
        around = draw(st.sampled_from(["", "\n", "  # above - it\n"]))
        written.append((text, f"{around}  - {draw(st.sampled_from(forms))}\n"))
    return written


@given(blocks(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "b:\n  - c\n", "# end"]), st.data())
def test_6_other_lines_stay_and_what_is_read_is_the_rest(
    items: list[tuple[str, str]], newline: str, tail: str, data: st.DataObject
) -> None:
    texts = [text for text, _ in items]
    stays = data.draw(st.sampled_from(texts))
    out = data.draw(st.sets(st.sampled_from(texts))) - {stays}
    own = [(text, f"  - {lines.split('  - ', 1)[1]}") for text, lines in items]
    before = "# head\na:\n" + "".join(lines for _, lines in items) + tail
    after = without_items(before.replace("\n", newline), ["a"], out)
    kept = "".join(
        lines.removesuffix(one) if text in out else lines
        for (text, lines), (_, one) in zip(items, own, strict=True)
    )
    assert after == f"# head\na:\n{kept}{tail}".replace("\n", newline)
    assert value_at(after, ["a"]) == [text for text in texts if text not in out]


@pytest.mark.parametrize("path", INTENTS, ids=lambda path: path.stem)
def test_6_the_bundled_files(path: Path) -> None:
    text = path.read_text("utf-8")
    intents: Any = value_at(text, ["intents"])
    for name, intent in (intents or {}).items():
        examples = intent.get("examples", {}).get("en", [])
        if len(examples) < 2:
            continue
        edited = without_items(text, ["intents", name, "examples", "en"], [examples[1]])
        assert lines_kept(edited, text)
        assert text.count("#") == edited.count("#")


def test_1_parts_that_are_missing_below_are_added() -> None:
    before = "intents:\n  a:  # the first\n    keywords: {en: [b]}\n"
    after = with_entry(before, ["intents", "a", "examples"], "en", ["hi"])
    assert after.startswith(before)
    assert value_at(after, ["intents", "a", "examples", "en"]) == ["hi"]


def test_nothing_stands_where_nothing_is() -> None:
    assert value_at(SHOP, ["templates", "returns", "text", "th"]) is None
    assert value_at("a: [", ["a"]) is None
    reading = read_text(SHOP, "")
    assert reading.root and value_at(SHOP, []) == plain(reading.root)
