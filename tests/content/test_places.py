"""Where examples and rules stand, for what is said about them later.

1. An example is found by its text, a rule by its number; a single value may stand without a list.
2. Rules for every language count on behind those of the language.
3. An out-of-scope example is found in whichever file has it.
4. Examples in Rasa's form are found too; what is not found is placed at its intent.
"""

from bot.content.places import Places

OURS = """\
intents:
  a:
    examples:
      en:
        - where is it
        - "  find it  "
    keywords: {en: [find, {all: [where, it]}]}
    regex:
      en: ['find me']
      any: ['A\\d+', 'B\\d+']
out_of_scope:
  examples: {en: [tell a joke]}
"""
RASA = """\
version: "3.1"
nlu:
  - intent: b
    examples: |
      - good day
      - hello [there](place)
"""
PLACES = Places({"intents/a.yml": OURS, "intents/b.yml": RASA}, "en")


def at(place: object) -> str:
    return str(place).removeprefix("intents/")


def test_1_examples_and_rules() -> None:
    assert at(PLACES.intent("a")) == "a.yml:2:3"
    assert at(PLACES.example("a", "en", "where is it")) == "a.yml:5:11"
    assert at(PLACES.example("a", "en", "find it")) == "a.yml:6:11"
    assert at(PLACES.rule("a", "keywords", "en", 0)) == "a.yml:7:21"
    assert at(PLACES.rule("a", "keywords", "en", 1)) == "a.yml:7:27"


def test_2_rules_for_every_language() -> None:
    assert at(PLACES.rule("a", "regex", "en", 0)) == "a.yml:9:12"
    assert at(PLACES.rule("a", "regex", "en", 2)) == "a.yml:10:21"
    assert at(PLACES.rule("a", "regex", "sv", 1)) == "a.yml:10:21"


def test_3_out_of_scope() -> None:
    assert at(PLACES.example(None, "en", "tell a joke")) == "a.yml:12:19"


def test_4_rasa_and_what_is_not_found() -> None:
    assert at(PLACES.example("b", "en", "good day")) == "b.yml:5:7"
    assert at(PLACES.example("b", "en", "hello there")) == "b.yml:6:7"
    assert PLACES.example("a", "sv", "var") == PLACES.intent("a")
    assert PLACES.rule("a", "patterns", "en", 0) == PLACES.intent("a")
