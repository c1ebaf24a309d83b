"""`frontdesk ledger include`: a whole conversation counts again."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.analytics.answered import read_threads
from bot.commands import main
from bot.commands.project import read
from bot.commands.since import now
from bot.conversations.events import CustomerLeft, OperatorClosed, OperatorJoined, OperatorSaid
from bot.storage.database import Transaction
from tests.commands.ledgers import DATABASE, asked, correct, ledger, outcomes, show, talked, two_questions
from tests.conversations.house import House


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "intents").mkdir()
    (tmp_path / "var").mkdir()
    return tmp_path


def exclude(project: Path, id: str) -> None:
    ledger(project, "exclude", id, "--as", "spam", "--reason", "It advertises shoes.", "--by", "Ana")


def include(project: Path, id: str, reason: str = "She buys shoes.") -> Result:
    return ledger(project, "include", id, "--reason", reason, "--by", "Bo")


def report(project: Path) -> str:
    return CliRunner().invoke(main, ["report", "--content", str(project)]).output


def test_answers_have_again_the_outcomes_they_had_and_nothing_is_removed(project: Path) -> None:
    id = talked(project, two_questions)
    before, counted = outcomes(project, id), report(project)
    exclude(project, id)
    assert include(project, id).output == f"{id} counts again, with 2 answers\n"
    assert outcomes(project, id) == [[*one, "excluded", one[-1]] for one in before]
    said = show(project, id)
    assert said.count("by rule 8, through Bo, by hand. The conversation counts again. She buys shoes.") == 2
    assert "None of this counts" not in said
    assert report(project).splitlines()[:3] == counted.splitlines()[:3]
    assert "as spam" not in report(project)


def test_what_nobody_knew_stays_excluded_until_a_person_says_it(project: Path) -> None:
    id = talked(project, asked)
    exclude(project, id)

    async def goes_on(house: House) -> str:
        await house.says(id, "how long is delivery?")
        await house.says(id, "hello there!")
        return id

    talked(project, goes_on)
    assert include(project, id).output == (
        f"{id} counts again, with 0 answers\n"
        "what became of 2 more answers nobody knows; say it with `frontdesk ledger correct`\n"
    )
    found = json.loads(ledger(project, "show", id, "--json").output)["answers"]
    assert [one["outcomes"][-1]["kind"] for one in found] == ["by_hand", "by_hand", "small_talk"]
    assert correct(project, f"{id}.1", "confirmed").exit_code == 0
    assert correct(project, f"{id}.3", "confirmed").exit_code == 2

    async def asks_again(house: House) -> str:
        await house.says(id, "can I return it?")
        return id

    talked(project, asks_again)
    assert outcomes(project, id)[-1] == ["pending"]


def test_the_weekly_review_knows_again_what_ended_each_answer(project: Path) -> None:
    def helped_out(asked_next: str) -> Callable[[House], Awaitable[str]]:
        async def talk(house: House) -> str:
            id = await asked(house)
            await house.says(id, asked_next)
            await house.turns.take(id, OperatorJoined(at=0, operator="o1", name="Ana"))
            await house.turns.take(id, OperatorSaid(at=0, operator="o1", name="Ana", text="It left today."))
            return id

        return talk

    def reviewed() -> list[object]:
        def known(tx: Transaction) -> list[object]:
            said = tx.all("review.helped_out", since=0, until=now())
            ends = [(one.next_message, one.handed_over_for) for (one,) in read_threads(tx, 0, now())]
            return [*sorted(ends), *(row["text"] for row in said)]

        return read(project / DATABASE, known)

    ids = [talked(project, helped_out(text)) for text in ("a person please", "is there a warranty")]
    before = reviewed()
    assert before == [("a person please", "human"), ("is there a warranty", "warranty"), "It left today."]
    for id in ids:
        exclude(project, id)
        include(project, id)
    assert reviewed() == before


def test_outcomes_that_count_again_are_a_persons_word_and_what_comes_next_goes_by_the_rules(
    project: Path,
) -> None:
    async def left(house: House) -> str:
        id = await asked(house)
        await house.turns.take(id, CustomerLeft(at=0))
        return id

    def after(id: str) -> list[str]:
        async def comes_back(house: House) -> str:
            await house.says(id, "can I return it?")
            return id

        return [one[-1] for one in outcomes(project, talked(project, comes_back))]

    untouched, mistaken = talked(project, left), talked(project, left)
    exclude(project, mistaken)
    include(project, mistaken)
    assert after(untouched) == ["reopened", "pending"]
    assert after(mistaken) == ["assumed", "pending"]


def test_an_operators_word_at_the_close_is_taken_back_too(project: Path) -> None:
    async def closed_as_spam(house: House) -> str:
        id = await two_questions(house)
        await house.says(id, "a person please")
        await house.turns.take(id, OperatorJoined(at=0, operator="o1", name="Ana"))
        closing = OperatorClosed(at=0, operator="o1", name="Ana", reason="Spam", excluded="spam")
        await house.turns.take(id, closing)
        return id

    id = talked(project, closed_as_spam)
    excluded = outcomes(project, id)
    assert {one[-1] for one in excluded} == {"excluded"}
    assert include(project, id).exit_code == 0
    assert outcomes(project, id) == [[*one, one[-2]] for one in excluded]


def test_what_counts_already_and_what_is_not_there_is_refused(project: Path) -> None:
    id = talked(project, asked)
    refused = include(project, id)
    assert refused.exit_code == 2 and f"{id} counts already" in refused.output
    assert "there is no conversation nobody" in include(project, "nobody").output
    exclude(project, id)
    assert "neither the reason nor the name may be empty" in include(project, id, " ").output
    assert outcomes(project, id) == [["pending", "excluded"]]
