from pathlib import Path

import pytest

from bot.content import phrases, placeholders
from bot.content.catalog import load_sources

LANGUAGES = ("en", "sv", "ro", "th", "ru", "tr")
NAMES = """
greeting_first did_you_mean none_of_these rephrase handoff_waiting handoff_waiting_next
handoff_closed handoff_nobody contact_ask contact_thanks contact_reask human_joined human_left
with_bot_again started_over closed_by_operator survey_question survey_yes survey_no survey_missing
survey_thanks survey_offer_human talk_to_human action_failed slot_reask slot_giveup back_to same_answer
closed_silence emergency repeat_nothing no_answer_yet too_long waiting_noted back_to_bot all_right
"""


def test_every_phrase_is_there_in_six_languages() -> None:
    assert sorted(phrases.names()) == sorted(NAMES.split())
    assert all(set(LANGUAGES) <= sentences.keys() for sentences in phrases.defaults().values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_has_the_placeholders_of_the_english_one(language: str) -> None:
    for name, sentences in phrases.defaults().items():
        used = {slot.name for slot in placeholders.slots(sentences[language])}
        assert used == phrases.placeholders_of(name), name


def test_a_project_says_it_its_own_way() -> None:
    own = "phrases:\n  rephrase: {en: Pardon?}\n  handoff_waiting: {sv: 'Plats {position}.'}\n"
    content = load_sources({"templates/own.yml": own}, ["en", "sv"], ["web"]).content
    assert content
    assert content.phrase("rephrase", "en") == "Pardon?"
    assert content.phrase("rephrase", "sv").startswith("Jag är inte säker")
    assert content.phrase("handoff_waiting", "sv", position=3) == "Plats 3."
    assert "number 3" in content.phrase("handoff_waiting", "en", position=3)
    assert content.phrase("survey_yes", "de") == "Yes", "a language it does not speak falls back"


def test_a_language_without_phrases_says_the_english_ones_and_warns() -> None:
    loaded = load_sources({"templates/own.yml": "phrases: {rephrase: {de: Wie bitte?}}"}, ["de"], ["web"])
    assert loaded.content
    assert loaded.content.phrase("rephrase", "de") == "Wie bitte?"
    assert loaded.content.phrase("survey_yes", "de") == "Yes"
    assert [problem.code for problem in loaded.problems] == ["untranslated"]


def test_the_documentation_lists_every_phrase() -> None:
    page = (Path(__file__).parents[2] / "docs" / "content.md").read_text("utf-8")
    assert [name for name in phrases.names() if f"`{name}`" not in page] == []
