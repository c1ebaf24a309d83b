"""All parts of an edit are one change: what the files held before any of them, and hold after all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content.catalog import load_sources
from bot.content.splicing import CannotEdit
from bot.errors import Conflict, NotFound
from bot.studio.editing import Edit, Text, change_of

INTENTS = "intents/shop.yml"
TEMPLATES = "templates/shop.yml"
SOURCES = {
    INTENTS: "intents:\n  hours:\n    examples:\n      en: [when are you open]   # ask the stores\n",
    TEMPLATES: """templates:
  hours:
    answers: hours   # kept short
    text:
      en: From nine to five.
      sv: Nio till fem.
    variants:
      long:
        text: {en: We are open from nine to five.}
""",
}


def text(written: str, language: str = "en", variant: str = "") -> Text:
    return Text(variant, language, "", written)


def test_texts_and_examples_are_one_change() -> None:
    edit = Edit(
        (text("Nine to six."), text("Nio till sex.", "sv"), text("We open at nine.", variant="long")),
        {"en": ("are you open now",), "sv": ("när har ni öppet",)},
    )
    change = change_of(SOURCES, "hours", "hours", edit)
    assert change.before == SOURCES
    loaded = load_sources({**SOURCES, **change.after}, ["en", "sv"], ["web"])
    assert loaded.content is not None and not loaded.errors
    plain, long = loaded.content.templates["hours"].variants
    assert (plain.text["en"], plain.text["sv"]) == ("Nine to six.", "Nio till sex.")
    assert long.text["en"] == "We open at nine."
    examples = loaded.content.intents["hours"].examples
    assert tuple(examples["en"]) == ("when are you open", "are you open now")
    assert tuple(examples["sv"]) == ("när har ni öppet",)
    assert "# kept short" in change.after[TEMPLATES] and "# ask the stores" in change.after[INTENTS]


def test_examples_are_taken_away_after_new_ones_have_come() -> None:
    examples = {"en": ("are you open now", "when do you open")}
    change = change_of(SOURCES, "hours", "hours", Edit((), examples, {"en": ("when are you open",)}))
    assert 'en: ["are you open now", "when do you open"]   # ask the stores\n' in change.after[INTENTS]
    with pytest.raises(CannotEdit, match="nothing would be left"):
        change_of(SOURCES, "hours", "hours", Edit((), {}, {"en": ("when are you open",)}))


def test_what_somebody_else_has_written_meanwhile_is_not_overwritten() -> None:
    for one, seen in (
        (text("Six to nine."), " From nine to five.\n"),
        (text("Open.", variant="long"), "We are open from nine to five."),
    ):
        assert change_of(SOURCES, "hours", "hours", Edit((replace(one, before=seen),))).files == (TEMPLATES,)
        with pytest.raises(Conflict, match="changed this text meanwhile"):
            change_of(SOURCES, "hours", "hours", Edit((replace(one, before="Closed."),)))


def test_what_does_not_change_is_not_written() -> None:
    change = change_of(SOURCES, "hours", "hours", Edit((), {"en": ("when are you open",)}))
    assert change.files == ()


def test_a_template_that_no_file_has_cannot_be_edited() -> None:
    with pytest.raises(NotFound, match="no template `nothing`"):
        change_of(SOURCES, "hours", "nothing", Edit((text("x"),)))
