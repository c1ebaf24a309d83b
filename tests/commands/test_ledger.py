"""`frontdesk ledger` over a database in which real conversations have left their answers."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands import main
from bot.conversations.events import ButtonPressed, CustomerLeft, OperatorClosed, OperatorJoined, OperatorSaid
from bot.conversations.store import find_or_make_customer, open_conversation
from bot.storage.database import Transaction
from tests.commands.ledgers import DATABASE, asked, correct, ledger, outcomes, show, talked, two_questions
from tests.conversations.house import House


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "intents").mkdir()
    (tmp_path / "var").mkdir()
    return tmp_path


def test_every_answer_and_outcome_is_explained(project: Path) -> None:
    id = talked(project, two_questions)
    said = show(project, id)
    first, second = said.split("\n\n")[1:]
    assert ", event 5: customer_left, through the customer: the customer ended the chat." in said
    assert "It has 2 answers." in said
    assert first.startswith(f"{id}.1, sent ")
    assert "The bot sent the template returns after the customer wrote “can I return it?”." in first
    assert "plain text, on web, in en, mode auto." in first
    assert "The message was taken for the intent returns by" in first and "% sure." in first
    assert "pending by rule 1, through the bot. The answer was sent." in first
    assert "follow_up by rule 2, through the customer. It raised another question." in first
    assert "not_helped by rule 3, through the customer. The customer said that it did not help." in second
    assert "The customer added: “the price”" in second
    assert "What counts is not_helped: it did not help." in second


def test_words_that_were_read_differently_are_named(project: Path) -> None:
    id = talked(project, asked)
    with closing(sqlite3.connect(project / DATABASE)) as database:
        read = json.dumps([{"original": "retrun", "corrected": "return"}])
        database.execute("UPDATE answers SET corrections_json = ?", [read])
        database.commit()
    assert "It read “retrun” as “return”." in show(project, id)


def test_json_says_the_same(project: Path) -> None:
    id = talked(project, two_questions)
    found = json.loads(ledger(project, "show", id, "--json").output)
    said = show(project, id)
    assert found["answered"] and found["conversation"]["closed_by"] == "customer"
    sentences = [*found["sentences"]]
    for answer in found["answers"]:
        sentences += [*answer["sentences"], *(one["sentence"] for one in answer["outcomes"])]
    assert [sentence for sentence in sentences if sentence not in said] == []
    assert [[one["rule"] for one in answer["outcomes"]] for answer in found["answers"]] == [[1, 2], [1, 3, 3]]
    assert [answer["outcome"] for answer in found["answers"]] == ["follow_up", "not_helped"]


def test_an_operator_who_sends_and_closes_is_named(project: Path) -> None:
    async def talk(house: House) -> str:
        id = await house.start()
        await house.says(id, "a person please")
        await house.turns.take(id, OperatorJoined(at=0, operator="o1", name="Bo"))
        edited = OperatorSaid(at=0, operator="o1", name="Bo", text="Two.", template="warranty", edited=True)
        await house.turns.take(id, edited)
        await house.turns.take(id, OperatorClosed(at=0, operator="o1", name="Bo", reason="solved"))
        return id

    said = show(project, talked(project, talk))
    assert "Operator o1 sent the template warranty" in said
    assert "The suggestion was edited before it was sent" in said
    assert "assumed by rule 5, through operator o1. An operator closed the conversation: solved." in said


def test_a_conversation_without_an_answer_is_unanswered(project: Path) -> None:
    async def talk(house: House) -> str:
        id = await house.start()
        await house.says(id, "hm")
        return id

    said = show(project, talked(project, talk))
    assert "It has 0 answers." in said and "it counts as unanswered" in said


def test_an_unknown_conversation_is_a_sentence(project: Path) -> None:
    talked(project, asked)
    result = ledger(project, "show", "nobody")
    assert result.exit_code == 2
    assert result.output == "there is no conversation nobody in this database\n"


def test_without_a_database_there_is_a_sentence(project: Path) -> None:
    result = ledger(project, "show", "nobody")
    assert result.exit_code == 2 and "there is no database at" in result.output


def test_a_person_overrules_an_outcome_and_the_report_counts_it(project: Path) -> None:
    id = talked(project, two_questions)
    done = correct(project, f"{id}.1", "confirmed", "  She wrote\nto thank us. ")
    assert done.output == f"{id}.1 was follow_up and is now confirmed\n"
    said = show(project, id)
    assert "confirmed by rule 8, through Ana, by hand. She wrote to thank us." in said
    assert "What counts is confirmed: it helped, which a person decided." in said
    assert outcomes(project, id)[0] == ["pending", "follow_up", "confirmed"]
    report = ["report", "--content", str(project)]
    assert "A person has decided what became of 1 answer." in CliRunner().invoke(main, report).output
    found = json.loads(CliRunner().invoke(main, [*report, "--format", "json"]).output)
    returns = next(one for one in found["templates"] if one["template"] == "returns")
    assert (returns["confirmed"], returns["follow_up"], found["overruled"]) == (1, 0, 1)


def test_a_person_may_overrule_again_and_long_after(project: Path) -> None:
    id = talked(project, two_questions)
    with closing(sqlite3.connect(project / DATABASE)) as database:
        database.execute("UPDATE answers SET sent_at = 1")
        database.execute("UPDATE outcomes SET at = 1")
        database.commit()
    correct(project, f"{id}.1", "excluded", by="Ana")
    correct(project, f"{id}.1", "abandoned", by="Bo")
    assert outcomes(project, id)[0] == ["pending", "follow_up", "excluded", "abandoned"]


def test_what_a_person_decided_stands_and_the_customers_word_is_noted(project: Path) -> None:
    id = talked(project, asked)
    assert correct(project, f"{id}.1", "not_helped").exit_code == 0

    async def goes_on(house: House) -> str:
        await house.turns.take(id, ButtonPressed(at=0, payload="/yes", title="Yes"))
        await house.says(id, "how long is delivery?")
        await house.turns.take(id, CustomerLeft(at=0))
        return id

    talked(project, goes_on)
    assert outcomes(project, id)[0] == ["pending", "not_helped", "not_helped"]
    noted = "not_helped by rule 8, through the customer. The customer said that it helped."
    assert f"{noted} What a person decided stands." in show(project, id)


def test_what_never_counts_cannot_be_overruled(project: Path) -> None:
    async def greets(house: House) -> str:
        id = await house.start()
        await house.says(id, "hello there!")
        return id

    async def tests(house: House) -> str:
        def begin(tx: Transaction) -> str:
            customer = find_or_make_customer(tx, "web", "", "tester", house.now)
            return open_conversation(tx, customer, "web", "", "en", house.clock(), excluded="test").id

        id = await house.database.write(begin)
        await house.says(id, "can I return it?")
        return id

    small_talk = correct(project, f"{talked(project, greets)}.1", "confirmed")
    assert small_talk.exit_code == 2 and "its template answers no question" in small_talk.output
    test = correct(project, f"{talked(project, tests)}.1", "confirmed")
    assert test.exit_code == 2 and "the conversation is a test" in test.output


@pytest.mark.parametrize(
    ("outcome", "reason", "by", "complaint"),
    [
        ("pending", "why", "Ana", "is not one of"),
        ("solved", "why", "Ana", "is not one of"),
        ("confirmed", "  ", "Ana", "neither the reason nor the name may be empty"),
        ("confirmed", "why", " ", "neither the reason nor the name may be empty"),
        ("confirmed", "why" * 1_000, "Ana", "a reason may have 2000 characters"),
    ],
)
def test_a_ruling_that_is_not_whole_is_refused(
    project: Path, outcome: str, reason: str, by: str, complaint: str
) -> None:
    id = talked(project, asked)
    result = correct(project, f"{id}.1", outcome, reason, by)
    assert result.exit_code == 2 and complaint in result.output
    assert outcomes(project, id) == [["pending"]]


def test_what_a_person_says_is_one_line_that_moves_no_cursor(project: Path) -> None:
    id = talked(project, asked)
    correct(project, f"{id}.1", "not_helped", "They\x1b[2J\n rang\x07 us.", "Ana\r\x08")
    assert "through Ana, by hand. They[2J rang us." in show(project, id)
    assert correct(project, f"{id}.1", "confirmed", by="\x1b").exit_code == 2


def test_an_unknown_answer_and_the_same_outcome_are_refused(project: Path) -> None:
    id = talked(project, two_questions)
    unknown = correct(project, f"{id}.9", "confirmed")
    assert unknown.exit_code == 2 and f"there is no answer {id}.9" in unknown.output
    same = correct(project, f"{id}.1", "follow_up")
    assert same.exit_code == 2 and same.output == f"{id}.1 is follow_up already\n"
