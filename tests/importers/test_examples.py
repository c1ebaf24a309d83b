"""What importing labelled examples promises.

1. Every bad line is told, with its number, and nothing is written.
2. The project that comes out has no errors, whatever the texts hold.
3. A few examples per intent are the same few whatever the order of the lines.
"""

import json
import random
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.content.catalog import Content, load_sources
from bot.content.placeholders import fill
from bot.errors import ProblemsFound
from bot.importers.examples import Imported, convert
from bot.importers.labelled import Labelled, read
from bot.yamltree import Place


def line(text: str, intent: str, lang: str = "en", response: str = "") -> Labelled:
    return Labelled(text, intent, lang, response, Place("x.jsonl", 1, 1))


def content(imported: Imported) -> Content:
    sources = {path.as_posix(): text for path, text in imported.files.items()}
    loaded = load_sources(sources, imported.languages, ["web", "rest"])
    assert loaded.content, [str(problem) for problem in loaded.problems]
    return loaded.content


def write(folder: Path, text: str, name: str = "x.jsonl") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(ProblemsFound) as broken:
        read(path)
    return [f"{one.line}:{one.code}" for one in broken.value.problems]


def test_lines_become_intents_templates_and_what_is_out_of_scope() -> None:
    lines = [
        line("where is it", "order", response="On its way."),
        line("has it shipped", "order", response="Another answer."),
        line("where is it", "order"),
        line("var är den", "order", "sv", "På väg."),
        line("send it back", "return"),
        line("tell me a joke", "oos"),
    ]
    imported = convert(lines)
    made = content(imported)
    assert imported.languages == ("en", "sv")
    assert made.intents["order"].examples == {"en": ("where is it", "has it shipped"), "sv": ("var är den",)}
    template = made.template_for("order")
    assert template
    assert template.variants[0].text == {"en": "On its way.", "sv": "På väg."}
    assert template.mode == "auto"
    assert made.template_for("return") is None
    assert imported.unanswered == ("return",)
    assert made.out_of_scope == {"en": ("tell me a joke",)}
    assert (imported.intents, imported.examples, imported.out_of_scope) == (2, 4, 1)


def test_an_answer_in_another_language_only_is_borrowed_and_told() -> None:
    imported = convert([line("a", "x"), line("b", "x"), line("c", "x", "sv", "Hej")])
    assert imported.borrowed == ("x",)
    template = content(imported).template_for("x")
    assert template
    assert template.variants[0].text == {"en": "Hej", "sv": "Hej"}


def test_labels_that_are_no_names_become_names_and_keep_their_title() -> None:
    imported = convert(
        [line("a", "Order status"), line("b", "order status?"), line("c", "a/b"), line("d", "Order_status")]
    )
    made = content(imported)
    assert set(made.intents) == {"Order_status", "Order_status_2", "a/b", "order_status?"}
    titles = {made.title(name, "en") for name in made.intents}
    assert "Order status" in titles
    stems = [path.stem.casefold() for path in imported.files]
    assert len(set(stems)) == len(stems), "no two files differ only in case"


def test_braces_of_a_response_stay_braces() -> None:
    response = "Your {{Order Number}} is {x} }{"
    template = content(convert([line("a", "x", response=response)])).template_for("x")
    assert template
    assert fill(template.variants[0].text["en"], {"x": "!"}) == response


@given(st.integers(1, 5), st.integers(), st.randoms(use_true_random=False))
def test_few_are_the_same_few_in_any_order(few: int, seed: int, chance: random.Random) -> None:
    lines = [line(f"{intent} {number}", intent) for intent in "abc" for number in range(8)]
    lines.append(line("joke", "oos"))
    mixed = list(lines)
    chance.shuffle(mixed)
    one, other = content(convert(lines, few, seed)), content(convert(mixed, few, seed))
    assert one.hash == other.hash or {
        name: set(intent.examples["en"]) for name, intent in one.intents.items()
    } == {name: set(intent.examples["en"]) for name, intent in other.intents.items()}
    assert all(len(intent.examples["en"]) == few for intent in one.intents.values())
    assert one.out_of_scope["en"] == ("joke",)


def test_another_seed_keeps_others() -> None:
    lines = [line(f"example {number}", "a") for number in range(50)]
    assert content(convert(lines, 5, 1)).intents != content(convert(lines, 5, 2)).intents


TEXTS = st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: text.split() != [])


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=5))
@example([("no", "no", "no")])
@example([("- x: {", "<<", "{a} # b")])
@example([("\x00\x85\u2028", "a\x00", "\ufeffx")])
def test_any_texts_make_a_project_without_errors(rows: list[tuple[str, str, str]]) -> None:
    lines = [
        line(" ".join(text.split()), intent.strip(), response=response.strip())
        for text, intent, response in rows
    ]
    content(convert(lines))


def test_every_bad_line_is_told_at_once(tmp_path: Path) -> None:
    rows = [
        json.dumps({"text": "fine", "intent": "a", "lang": "en"}),
        "{not json}",
        '["a list"]',
        "",
        json.dumps({"text": "", "intent": "a"}),
        json.dumps({"text": "x", "lang": "en"}),
        json.dumps({"text": 5, "intent": None}),
        json.dumps({"text": "x", "intent": "a", "lang": "english"}),
        json.dumps({"text": "x", "intent": "a", "response": {"a": 1}}),
        '{"text": "\\ud800", "intent": "a"}',
        "[" * 100_000,
    ]
    assert problems(write(tmp_path, "\n".join(rows))) == [
        "2:not_json",
        "3:not_an_object",
        "5:no_value",
        "6:no_value",
        "7:no_value",
        "7:no_value",
        "8:language",
        "9:no_value",
        "10:half_character",
        "11:not_json",
    ]


def test_a_language_tag_is_shortened_and_may_be_missing(tmp_path: Path) -> None:
    rows = [{"text": "x", "intent": "a", "lang": "sv-SE"}, {"text": "y", "intent": "a"}]
    assert [one.lang for one in read(write(tmp_path, "\n".join(map(json.dumps, rows))))] == ["sv", "en"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_has_the_same_columns(separator: str, tmp_path: Path) -> None:
    rows = [
        ["Intent", "text", "note", "response"],
        ["a", '"one\n""two"""', "x", "Yes"],
        ["", "", "", ""],
        ["b", "three", "", ""],
    ]
    path = write(tmp_path, "\ufeff" + "\r\n".join(separator.join(row) for row in rows), "x.csv")
    found = [(one.text, one.intent, one.response, one.place.line) for one in read(path)]
    assert found == [('one "two"', "a", "Yes", 2), ("three", "b", "", 5)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("txt,intent\nx,a\n", ["1:no_column"]),
        ("", ["0:no_examples"]),
        ("text,intent\n", ["0:no_examples"]),
        ("text,intent\nx\n,a\n", ["2:no_value", "3:no_value"]),
        ('text,intent\n"x,a\n', ["2:not_csv"]),
    ],
)
def test_bad_csv_is_told(text: str, expected: list[str], tmp_path: Path) -> None:
    assert problems(write(tmp_path, text, "x.csv")) == expected


def test_bytes_that_are_not_utf8_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("text,intent\nfå,a\n".encode("latin-1"))
    assert problems(path) == ["2:not_utf8"]


def test_a_thousand_bad_lines_are_not_all_shown(tmp_path: Path) -> None:
    found = problems(write(tmp_path, "x\n" * 1_000))
    assert (len(found), found[-1]) == (101, "0:more")
