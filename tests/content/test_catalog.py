"""What loading content promises.

1. What is written arrives, in the words of bot.model and bot.content.templates.
2. The hash names the content, not the files.
3. Problems of all files come in one go; one broken file causes no others' errors.
4. Two thousand templates and twenty thousand examples load in seconds.
"""

import pickle
import time
from pathlib import Path

import pytest
import yaml

from bot.content.catalog import Content, load, load_sources
from bot.content.templates import TemplateButton
from bot.model import Entity, KeywordRule, RegexRule

INTENTS = """
intents:
  order_status:
    title: {en: Where is my order, sv: Var är min order}
    examples:
      en: [where is my order, has it shipped]
      sv: [var är mitt paket]
      de: [wo ist mein Paket]
    keywords:
      en:
        - all: [order | parcel, where]
          none: [cancel]
          strength: 0.8
        - track my  order
    regex:
      any: ['track.?id']
      en: [{pattern: 'A\\d{6}', strength: 0.7}]
    entities: [order_number]
  human: {role: human, examples: {en: [a person please]}}
entities:
  order_number: {pattern: 'A\\d{6}'}
  size: {values: [small, 10]}
synonyms:
  en: [parcel | package, money  back | refund | money back]
out_of_scope:
  examples: {en: [tell me a joke, be my friend]}
"""
TEMPLATES = """
templates:
  order_status:
    answers: order_status
    mode: suggest
    ask:
      order_number: {pattern: 'A\\d{6}', question: {en: Which order?}, reask: {en: It starts with A.}}
      size: {values: [S, M], question: {en: Which size?}}
      note: {question: {en: 'Anything else, {name|friend}?'}}
    action: look_up_order
    fills: [status]
    text: {en: "Hi {name|there}, {order_number} is {status}.", sv: "{order_number}: {status}"}
    channels: {telegram: {en: "{status}"}}
    variants: {short: {text: {en: "{status}!"}}}
    buttons: {en: [{title: A person, intent: human}, {title: Site, url: https://x.se}, {title: M, value: m}]}
    tip: {en: Keep the number.}
    handoff: support
    risk: money
    owner: delivery
    review_by: 2027-03-01
    tests: [where is it]
"""


def read(sources: dict[str, str], *languages: str) -> Content:
    loaded = load_sources(sources, languages or ("en", "sv"), ["web", "telegram"], teams=["support"])
    assert loaded.content, [str(problem) for problem in loaded.problems]
    return loaded.content


def codes(sources: dict[str, str]) -> list[str]:
    loaded = load_sources(sources, ("en", "sv"), ["web"])
    return [f"{problem.file}:{problem.line}:{problem.code}" for problem in loaded.problems]


BOTH = {"intents/a.yml": INTENTS, "templates/a.yml": TEMPLATES}


def test_an_intent_arrives() -> None:
    content = read(BOTH)
    intent = content.intents["order_status"]
    assert intent.examples == {"en": ("where is my order", "has it shipped"), "sv": ("var är mitt paket",)}
    assert intent.keywords["en"] == (
        KeywordRule(all=(("order", "parcel"), ("where",)), none=(("cancel",),), strength=0.8),
        KeywordRule(all=(("track my order",),)),
    )
    assert intent.regex == {
        "en": (RegexRule("A\\d{6}", 0.7), RegexRule("track.?id")),
        "sv": (RegexRule("track.?id"),),
    }
    assert content.entities["order_number"].pattern == "A\\d{6}"
    assert content.entities["size"].values == ("small", "10")
    assert content.out_of_scope == {"en": ("be my friend", "tell me a joke")}
    assert content.synonyms == {"en": (("money back", "refund"), ("package", "parcel"))}
    assert content.taught.synonyms == content.synonyms


def test_a_template_arrives() -> None:
    template = read(BOTH).templates["order_status"]
    assert (template.answers, template.mode, template.action) == ("order_status", "suggest", "look_up_order")
    assert [question.slot for question in template.ask] == ["order_number", "size", "note"]
    assert [question.buttons for question in template.ask] == [False, True, False]
    assert [variant.name for variant in template.variants] == ["", "short"]
    assert template.variants[0].channels == {"telegram": {"en": "{status}"}}
    assert template.buttons["en"][2] == TemplateButton("M", None, None, "m")
    assert (template.substantive, template.survey, template.handoff) == (True, True, "support")
    assert (template.risk, template.owner, template.review_by) == ("money", "delivery", "2027-03-01")
    assert str(template.place) == "templates/a.yml:3:3"


def test_what_is_risky_starts_as_a_suggestion_unless_the_file_says_otherwise() -> None:
    def mode(more: str) -> str:
        template = "templates: {hours: {answers: hours, text: {en: Nine to five.}" + more + "}}"
        sources = {"intents/a.yml": "intents: {hours: {examples: {en: [when]}}}", "templates/a.yml": template}
        return read(sources).templates["hours"].mode

    assert (mode(""), mode(", risk: money"), mode(", risk: money, mode: auto")) == ("auto", "suggest", "auto")


def test_the_snapshot_answers_questions() -> None:
    content = read(BOTH)
    assert content.default_language == "en"
    template = content.template_for("order_status")
    assert template
    assert template.name == "order_status"
    assert content.template_for("nothing") is None
    assert content.intent_with_role("human") == "human"
    assert content.intent_with_role("yes") is None
    assert content.title("order_status", "sv") == "Var är min order"
    assert content.title("order_status", "th") == "Where is my order"
    assert content.title("human", "sv") == "a person please", "without a title, the first example"
    assert content.title("not_there", "en") == "not there"


def test_a_snapshot_can_be_sent_to_another_process() -> None:
    content = read(BOTH)
    assert pickle.loads(pickle.dumps(content)) == content


def test_the_hash_names_the_content_and_not_the_files() -> None:
    whole = read(BOTH).hash
    tree = yaml.safe_load(INTENTS)
    one = {"intents": {"human": tree["intents"].pop("human")}}
    split = {
        "intents/z.yml": yaml.safe_dump(one),
        "intents/deep/er/b.yaml": yaml.safe_dump(tree),
        "templates/other.yml": "# a comment\n" + TEMPLATES,
    }
    assert read(split).hash == whole
    assert read(dict(reversed(split.items()))).hash == whole
    assert read({**BOTH, "templates/a.yml": TEMPLATES.replace("Keep", "Hold")}).hash != whole
    assert read(BOTH, "en").hash != whole
    assert len(whole) == 64


def test_problems_of_all_files_come_in_one_go_and_in_order() -> None:
    sources = {
        "intents/b.yml": "intents: {b: {}}\n",
        "intents/a.yml": "intents:\n  a:\n    exmaples: {en: [x]}\n",
        "templates/c.yml": "templates:\n  c: {answers: nope, text: {en: '{x}'}}\n",
    }
    assert codes(sources) == [
        "intents/a.yml:2:unanswered",
        "intents/a.yml:3:unknown_key",
        "intents/b.yml:1:empty_intent",
        "intents/b.yml:1:unanswered",
        "templates/c.yml:2:unknown_intent",
        "templates/c.yml:2:unfilled_slot",
    ]


def test_a_file_that_cannot_be_read_causes_no_errors_elsewhere() -> None:
    sources = {"intents/a.yml": "intents: [\n", "templates/a.yml": TEMPLATES}
    assert codes(sources) == ["intents/a.yml:2:syntax"]
    assert codes({"intents/a.yml": INTENTS, "templates/a.yml": "templates: [\n"}) == [
        "intents/a.yml:8:unused_language",
        "templates/a.yml:2:syntax",
    ]


def test_two_intents_of_one_name_name_both_places() -> None:
    text = "intents:\n  a: {examples: {en: [x]}}\n"
    loaded = load_sources({"intents/a.yml": text, "intents/b.yml": text}, ["en"], ["web"])
    twice = next(problem for problem in loaded.problems if problem.code == "defined_twice")
    assert twice.file == "intents/b.yml"
    assert "intents/a.yml:2:3" in twice.message


def test_an_intent_that_no_template_answers_is_a_warning_unless_it_has_a_role() -> None:
    loaded = load_sources({"intents/a.yml": INTENTS}, ["en", "sv", "de"], ["web"])
    warned = [problem for problem in loaded.problems if problem.code == "unanswered"]
    assert [problem.message for problem in warned] == ["no template answers `order_status`"]
    assert loaded.content


def test_teams_are_checked_only_where_they_are_known() -> None:
    assert load_sources(BOTH, ["en"], ["web"]).content
    loaded = load_sources(BOTH, ["en"], ["web"], teams=["sales"])
    assert [problem.code for problem in loaded.errors] == ["unknown_team"]


def write(folder: Path, sources: dict[str, str]) -> None:
    for name, text in sources.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def test_a_folder_and_its_sources_are_the_same_content(tmp_path: Path) -> None:
    write(tmp_path, {**BOTH, "intents/.hidden.yml": "x", "intents/notes.txt": "x", "intents/.git/x.yml": "x"})
    loaded = load(tmp_path, ["en"], ["web"])
    assert loaded.content
    assert dict(loaded.sources) == BOTH
    again = load_sources(loaded.sources, ["en"], ["web"]).content
    assert again
    assert again.hash == loaded.content.hash


def test_files_beside_the_folders_are_pointed_out(tmp_path: Path) -> None:
    write(tmp_path, {**BOTH, "orders.yml": INTENTS, "config.yml": "name: x"})
    assert [
        problem.file for problem in load(tmp_path, ["en"], []).problems if problem.code == "misplaced"
    ] == ["orders.yml"]


def test_a_folder_without_content_is_an_error(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        loaded = load(folder, ["en"], ["web"])
        assert loaded.content is None
        assert [problem.code for problem in loaded.problems] == ["no_content"]


def test_two_thousand_templates_and_twenty_thousand_examples_load_in_seconds(tmp_path: Path) -> None:
    for part in range(20):
        names = [f"intent_{part}_{number}" for number in range(100)]
        intents = {
            name: {"examples": {"en": [f"example {turn} about {name} please" for turn in range(10)]}}
            for name in names
        }
        templates = {
            name: {"answers": name, "text": {"en": f"Hi {{name|there}}, this is about {name}."}}
            for name in names
        }
        write(
            tmp_path,
            {
                f"intents/{part}.yml": yaml.safe_dump({"intents": intents}),
                f"templates/{part}.yml": yaml.safe_dump({"templates": templates}),
            },
        )
    steps: list[tuple[int, int]] = []
    started = time.perf_counter()
    loaded = load(tmp_path, ["en"], ["web"], on_progress=lambda done, total: steps.append((done, total)))
    took = time.perf_counter() - started
    assert loaded.content
    assert (len(loaded.content.templates), loaded.problems) == (2_000, ())
    assert steps == [(done, 40) for done in range(1, 41)]
    assert took < 20, f"{took:.1f} s"


def test_patterns_without_spacy_are_an_error_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.content.intents.find_spec", lambda name: None)
    text = "intents:\n  a:\n    examples: {en: [x]}\n    patterns: {en: [[{LOWER: x}]]}\n"
    (problem,) = load_sources({"intents/a.yml": text}, ["en"], ["web"]).errors
    assert (problem.code, problem.line, problem.column) == ("spacy_missing", 4, 5)
    assert "pip install 'frontdesk[spacy]'" in problem.hint


def test_entities_of_every_kind() -> None:
    text = """
entities:
  day: {type: date}
  code: {pattern: 'A\\d+'}
  size: {values: [small, large]}
  cut: {values: {slim: [narrow], wide: []}}
"""
    content = load_sources({"intents/a.yml": text}, ["en"], ["web"]).content
    assert content is not None
    assert content.entities == {
        "day": Entity("day", kind="date"),
        "code": Entity("code", pattern=r"A\d+"),
        "size": Entity("size", values=("small", "large")),
        "cut": Entity("cut", values=("slim", "wide"), synonyms={"slim": ("narrow",)}),
    }
