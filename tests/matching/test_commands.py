"""`frontdesk match` and `frontdesk ask`.

1. A line in gives a line out, with corrections, candidates and reasons.
2. What nothing fits has no intent, exactly when its confidence is below `suggest`.
3. A bad line gets an error with its number, and the rest goes on; the exit code is then 1.
4. `ask` says what the bot would say; `--explain` shows the sum.
5. Content with errors is refused with its problems.
6. `ask --json` and `match --explain` say the same to programs.
7. What a message carries is shown, and not asked for.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.commands import main
from bot.model import Thresholds
from tests.small_shop import EXAMPLES

SHOP = """
intents:
  where:
    examples: {en: [where is it, where did it go, find it]}
    entities: [number]
entities:
  number: {pattern: 'A\\d{6}'}
"""
ANSWERS = """
templates:
  where:
    answers: where
    ask: {number: {pattern: 'A\\d{6}', question: {en: Which number?}}}
    text: {en: "You asked about {number}."}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    intents: dict[str, Any] = {name: {"examples": {"en": list(texts)}} for name, texts in EXAMPLES.items()}
    intents["order_status"]["keywords"] = {"en": [{"all": ["order | parcel", "where"]}]}
    templates = {name: {"answers": name, "text": {"en": f"About {name}."}} for name in EXAMPLES}
    for kind, content in {"intents": {"intents": intents}, "templates": {"templates": templates}}.items():
        (folder / kind).mkdir()
        (folder / kind / "shop.yml").write_text(json.dumps(content), encoding="utf-8")
    return folder


def run(*arguments: str | Path, said: str = "") -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=said)


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_1_a_line_out(project: Path) -> None:
    result = run("match", "--content", project, said='{"text": "wher is my ordr", "lang": "en"}\n\n')
    assert result.exit_code == 0, result.output
    (found,) = lines(result)
    assert (
        found["text"] == "wher is my ordr" and found["intent"] == "order_status" and found["language"] == "en"
    )
    assert found["corrections"] == [{"from": "wher", "to": "where"}, {"from": "ordr", "to": "order"}]
    assert found["candidates"][0] == {"intent": "order_status", "confidence": found["confidence"]}
    assert {"kind", "text", "score"} == set(found["reasons"][0])


def test_2_nothing_fits(project: Path) -> None:
    asked = ["where is my order", "sing", "xyzzy plugh", "", "😀", "what is the weather on sunday", "time"]
    found = lines(
        run("match", "--content", project, said="".join(json.dumps({"text": t}) + "\n" for t in asked))
    )
    assert [one["text"] for one in found] == asked
    for one in found:
        assert (one["intent"] is None) == (one["confidence"] < Thresholds().suggest)
    assert found[2]["intent"] is None


def test_3_bad_lines(project: Path) -> None:
    good, bad = '{"text": "refund"}', ["not json", "[1]", '{"text": 5}', '{"text": "refund", "lang": 1}']
    said = "\n".join([good, *bad, good])
    result = run("match", "--content", project, said=said)
    assert result.exit_code == 1
    found = lines(result)
    assert [one.get("line") for one in found] == [None, 2, 3, 4, 5, None]
    assert all("error" in one for one in found[1:5])


def test_4_ask(project: Path) -> None:
    said = run("ask", "wher is my ordr", "--content", project)
    assert said.exit_code == 0, said.output
    assert "About order_status." in said.output and "ordr → order" in said.output
    explained = run("ask", "wher is my ordr", "--content", project, "--explain").output
    assert "keywords: order + where" in explained and "score" in explained
    assert "ordr → order: e left out" in explained
    assert "Why sure: a rule of order_status fired" in explained
    heads = ("Why order_status", "Rules that fired", "Nearest examples")
    assert [head for head in heads if head not in explained] == []
    unsure = run("ask", "cancel the refund", "--content", project, "--explain").output
    assert "Runners-up" in unsure and "Rules that fired" not in unsure
    assert "other words" in run("ask", "xyzzy", "--content", project).output
    assert "2 questions" in run("ask", "where is my order? I want a refund.", "--content", project).output


def test_5_broken_content(tmp_path: Path) -> None:
    (tmp_path / "intents").mkdir()
    (tmp_path / "intents" / "a.yml").write_text("intents: [", encoding="utf-8")
    result = run("match", "--content", tmp_path)
    assert result.exit_code == 1
    assert "a.yml" in result.stderr


def test_6_the_same_for_programs(project: Path) -> None:
    asked = json.loads(run("ask", "wher is my ordr", "--content", project, "--json").output)
    (found,) = lines(run("match", "--content", project, "--explain", said='{"text": "wher is my ordr"}'))
    assert found == asked
    assert (found["intent"], found["verdict"]) == ("order_status", "answer")
    assert found["because"].startswith("Why sure: ")
    assert found["corrections"][1] == {"from": "ordr", "to": "order", "slip": "e left out"}
    assert found["rules"] == [
        {"intent": "order_status", "kind": "keywords", "on": "order + where", "strength": 0.9}
    ]
    assert found["nearest"][0] == {"intent": "order_status", "text": "where is my order", "alike": 1.0}
    assert [set(one) for one in found["candidates"]] == [{"intent", "confidence", "by", "telling"}] * len(
        found["candidates"]
    )


def test_7_what_a_message_carries_is_not_asked_again(tmp_path: Path) -> None:
    texts = {"intents": SHOP, "templates": ANSWERS}
    for kind, text in texts.items():
        (tmp_path / kind).mkdir()
        (tmp_path / kind / "a.yml").write_text(text, encoding="utf-8")
    assert "Which number?" in run("ask", "where is it", "--content", tmp_path).output
    carried = run("ask", "where is it, A123456", "--content", tmp_path).output
    assert "Carries   number A123456, at character 14" in carried
    asked = json.loads(run("ask", "where is it, a123456", "--content", tmp_path, "--json").output)
    spot = {"entity": "number", "value": "a123456", "text": "a123456", "start": 13, "end": 20}
    assert asked["entities"] == [spot]
    assert "You asked about A123456." in carried
