"""Groups of synonyms as files write them.

1. A section of which all was taken out is none.
2. What is no group says what to do.
3. The files that groups stand in, and their order, change nothing.
"""

from __future__ import annotations

import pytest

from bot.content.catalog import Loaded, load_sources

INTENTS = "intents: {human: {role: human, examples: {en: [a person please]}}}"
TEMPLATES = "templates: {human: {answers: human, text: {en: Wait a moment.}}}"


def loaded(*files: str) -> Loaded:
    more = {f"intents/{number}.yml": text for number, text in enumerate(files)}
    return load_sources({"intents/a.yml": INTENTS, "templates/a.yml": TEMPLATES, **more}, ["en"], ["web"])


@pytest.mark.parametrize("name", ["synonyms", "out_of_scope", "entities", "intents"])
def test_1_nothing_left(name: str) -> None:
    emptied = loaded(f"{name}:\n  # nothing yet\n")
    assert emptied.content is not None and emptied.content == loaded().content


@pytest.mark.parametrize(
    ("group", "code"),
    [
        ("refund", "one_synonym"),
        ("refund | Refund", "one_synonym"),
        ("refund |", "empty_text"),
        ("a || b", "empty_text"),
    ],
)
def test_2_no_group(group: str, code: str) -> None:
    (problem,) = loaded(f"synonyms:\n  en:\n    - parcel | package\n    - '{group}'\n").problems
    assert (problem.code, problem.line) == (code, 4) and problem.hint


def test_3_any_file() -> None:
    refund, parcel = "refund | money  back", "parcel | package"
    apart = loaded(f"synonyms: {{en: ['{refund}']}}", f"synonyms: {{en: ['{parcel}']}}")
    together = loaded(f"synonyms: {{en: ['{parcel}', '{refund}', 'money back | refund']}}")
    assert apart.content is not None and apart.content == together.content
    assert apart.content.synonyms == {"en": (("money back", "refund"), ("package", "parcel"))}
