"""Changes of content that the program writes for people.

1. A new answer stands in two files; one for an intent that there is adds its examples there.
2. Every error of the content that would come out is told, and nothing is made of it.
3. A text is replaced where it stands, or added in a language, for a channel, of a variant.
4. After each file the content is good, in the order in which they are written.
5. What is there already, has no text or no examples, or is no path is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.content.additions import (
    Answer,
    Change,
    add_answer,
    add_examples,
    checked,
    diff,
    remove_examples,
    set_text,
)
from bot.content.catalog import Loaded, load_sources
from bot.content.splicing import CannotEdit
from bot.errors import BadRequest, Conflict, ContentBroken, NotFound, Problem

LINE = "# yaml-language-server: $schema=../../schemas/intents.schema.json\n"
SOURCES = {
    "intents/shop.yml": LINE
    + "intents:\n  returns:\n    examples:\n      en:\n        - can I return it  # often\n",
    "templates/shop.yml": (
        "templates:\n  returns:\n    answers: returns\n    text: {en: Thirty days.}\n"
        "    channels: {web: {en: 30 days.}}\n    variants: {short: {text: {en: 30.}}}\n"
    ),
}
RENT = Answer("rent", "rent", "en", ("rent a tent", "tents for hire"), "Yes, we do.")


def loaded(change: Change, more: Callable[[Loaded], list[Problem]] | None = None) -> Loaded:
    return checked(change, SOURCES, ("en", "sv"), ("web",), ("support",), more)


def test_1_a_new_answer() -> None:
    change = add_answer(SOURCES, RENT)
    assert change.files == ("intents/from_customers.yml", "templates/from_customers.yml")
    assert set(change.before.values()) == {None}
    assert change.after["intents/from_customers.yml"].startswith(LINE)
    content = loaded(change).content
    assert content is not None
    assert content.intents["rent"].examples == {"en": ("rent a tent", "tents for hire")}
    assert (content.templates["rent"].mode, content.templates["rent"].answers) == ("suggest", "rent")
    assert content.templates["rent"].variants[0].text == {"en": "Yes, we do."}


def test_1_an_answer_in_two_languages() -> None:
    swedish = replace(RENT, language="sv", examples=("hyra tält",), text="Ja.")
    with pytest.raises(ContentBroken, match="default language"):
        loaded(add_answer(SOURCES, swedish))
    content = loaded(add_answer(SOURCES, replace(swedish, translations={"en": "Yes."}))).content
    assert content is not None
    assert content.templates["rent"].variants[0].text == {"sv": "Ja.", "en": "Yes."}


def test_1_into_files_that_there_are() -> None:
    change = add_answer(SOURCES, RENT, "shop")
    assert change.before == SOURCES
    assert all(change.after[file].startswith(text) for file, text in SOURCES.items())
    assert "+  rent:\n" in diff(change)
    assert not any(line.startswith("-") for line in diff(change).splitlines() if not line.startswith("---"))


def test_1_more_examples_of_an_intent() -> None:
    change = add_examples(SOURCES, "returns", "en", ["send it back", "can I return it", "send it back"])
    assert change.after == {"intents/shop.yml": SOURCES["intents/shop.yml"] + "        - send it back\n"}
    other = add_examples(SOURCES, "returns", "sv", ["kan jag byta"])
    assert other.after["intents/shop.yml"].endswith("      sv:\n        - kan jag byta\n")
    assert add_examples(SOURCES, "returns", "en", ["can I return it"]).files == ()
    unanswered = {**SOURCES, "templates/shop.yml": "templates: {}\n"}
    change = add_answer(unanswered, replace(RENT, intent="returns", template="sending_back"))
    assert change.files == ("intents/shop.yml", "templates/from_customers.yml")
    assert checked(change, unanswered, ("en",), ("web",)).content is not None


def test_1_fewer_examples_of_an_intent() -> None:
    more = add_examples(SOURCES, "returns", "en", ["send it back", "and back"])
    sources = {**SOURCES, **more.after}
    change = remove_examples(sources, "returns", "en", ["send it back", "and back"])
    assert change.before == more.after and change.after["intents/shop.yml"] == SOURCES["intents/shop.yml"]
    assert remove_examples(sources, "returns", "en", []).files == ()
    with pytest.raises(CannotEdit, match="nothing would be left"):
        remove_examples(SOURCES, "returns", "en", ["can I return it"])
    with pytest.raises(Conflict, match="“send it” is no example of `returns`"):
        remove_examples(SOURCES, "returns", "en", ["send it"])


def test_1_examples_are_known_as_the_bot_reads_them() -> None:
    head = "intents:\n  a:\n    examples:\n      en:\n"
    rest = "        - z\n"
    padded = f"{head}        - ' x '\n        - |\n          y\n        - x\n{rest}"
    sources = {"intents/a.yml": padded}
    assert add_examples(sources, "a", "en", ["x", "y"]).files == ()
    assert remove_examples(sources, "a", "en", ["x", "y"]).after == {"intents/a.yml": head + rest}


def test_2_every_error() -> None:
    answer = Answer("rent tents", "rent tents", "en", ("can I return it",), "Hello {nobody}")
    with pytest.raises(ContentBroken) as broken:
        loaded(add_answer(SOURCES, answer, "retail/rent"))
    found = {(problem.file, problem.code) for problem in broken.value.problems}
    assert {file for file, _ in found} == {"intents/retail/rent.yml", "templates/retail/rent.yml"}
    assert all(problem.line for problem in broken.value.problems)


def test_2_errors_that_were_there_before() -> None:
    sources = {**SOURCES, "intents/other.yml": "intents:\n  x: {}\n"}
    with pytest.raises(ContentBroken, match=r"other\.yml"):
        checked(add_answer(sources, RENT), sources, ("en",), ("web",))


def test_2_more_checks() -> None:
    wrong = Problem("templates/shop.yml", 1, 1, "test_fails", "a test fails")
    with pytest.raises(ContentBroken, match="a test fails"):
        loaded(add_answer(SOURCES, RENT), lambda _: [wrong])
    assert loaded(add_answer(SOURCES, RENT), lambda _: [replace(wrong, severity="warning")]).content


@pytest.mark.parametrize(
    ("more", "old", "new"),
    [
        ({}, "en: Thirty days.", 'en: "Forty."'),
        ({"language": "sv"}, "en: Thirty days.", 'en: Thirty days., sv: "Forty."'),
        ({"channel": "web"}, "en: 30 days.", 'en: "Forty."'),
        ({"variant": "short"}, "en: 30.", 'en: "Forty."'),
    ],
)
def test_3_texts(more: dict[str, str], old: str, new: str) -> None:
    place = {"language": "en", **more}
    change = set_text(SOURCES, "returns", text="Forty.", **place)
    before = SOURCES["templates/shop.yml"]
    assert before.count(f"{old}}}") == 1
    assert change.after == {"templates/shop.yml": before.replace(f"{old}}}", f"{new}}}")}
    assert loaded(change).content


def test_4_good_after_each_file() -> None:
    change = add_answer(SOURCES, RENT)
    sources = dict(SOURCES)
    for file in change.files:
        sources[file] = change.after[file]
        assert load_sources(sources, ("en",), ("web",)).content is not None


@pytest.mark.parametrize(
    ("answer", "file", "error"),
    [
        (replace(RENT, template="returns"), "a", Conflict),
        (replace(RENT, text=" "), "a", BadRequest),
        (replace(RENT, examples=()), "a", BadRequest),
        *((RENT, path, BadRequest) for path in ("", "../a", "/etc/a.yml", "a/../b", ".a", "a\\b", "a b")),
    ],
)
def test_5_refused(answer: Answer, file: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        add_answer(SOURCES, answer, file)


def test_5_what_is_not_there() -> None:
    with pytest.raises(NotFound, match="no intent `nothing`"):
        add_examples(SOURCES, "nothing", "en", ["x"])
    with pytest.raises(NotFound, match="no intent `nothing`"):
        remove_examples(SOURCES, "nothing", "en", ["x"])
    with pytest.raises(NotFound, match="no template `nothing`"):
        set_text(SOURCES, "nothing", "en", "x")
