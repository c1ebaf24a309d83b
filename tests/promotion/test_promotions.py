"""Modes in force, moved by what real conversations have shown.

1. The system proposes with its evidence; a person, or `lifecycle: automatic`, moves the template.
2. Risk stops at a lead; without evidence nobody gets to `auto`.
3. What clearly fails is taken back at once, and then nothing counts that was sent before (rule 14).
4. An edited `auto` template answers on, as a trial, and undoing the edit undoes that (rule 12).
5. What is not settled is no evidence (rule 15).
6. Two who move a template at once do not both succeed; what another process moves is noticed.
7. A variant that has lost gets no more traffic until its text changes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.accounts.operators import Role
from bot.content.catalog import Content
from bot.conversations.events import ButtonPressed
from bot.conversations.overruling import Ruling, overrule
from bot.errors import BadRequest, Conflict, NotFound
from bot.promotion import promotions as module
from bot.promotion import store
from bot.storage.bus import Note
from bot.storage.database import Transaction
from tests.promotion.office import BARS, QUESTION, Office, content

EDITOR: frozenset[Role] = frozenset({"editor"})
LEAD: frozenset[Role] = frozenset({"lead"})
ENOUGH = [True] * 30
WORSE = "It takes long."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "frontdesk.sqlite3"


@asynccontextmanager
async def opened(path: Path, shown: Content, **more: Any) -> AsyncIterator[Office]:
    office = Office(path, shown, **more)
    await office.open()
    try:
        yield office
    finally:
        await office.close()


async def test_a_trial_that_helps_is_proposed_and_moves_at_a_persons_word(path: Path) -> None:
    async with opened(path, content("trial")) as office:
        await office.answered(*ENOUGH)
        office.settle()
        status = await office.look()
        assert status.mode == "trial" and status.proposal is not None and status.proposal.to == "auto"
        assert status.proposal.sentence.startswith("30 of 30 closed, 30 confirmed; the chance that it is")
        verdict = await office.promotions.change("delivery", "auto", "Ana", EDITOR, "Fine.")
        assert verdict.allowed
        after = await office.look()
        assert (after.mode, after.start, after.standing.share, after.actor) == ("auto", "trial", 1.0, "Ana")
        assert after.why == f"Fine. {status.proposal.sentence}"


async def test_an_automatic_lifecycle_needs_nobody(path: Path) -> None:
    async with opened(path, content("trial"), automatic=True) as office:
        await office.answered(*ENOUGH)
        office.settle()
        status = await office.look()
        assert (status.mode, status.actor, status.proposal) == ("auto", "Frontdesk", None)


async def test_what_is_about_money_waits_for_a_lead_even_then(path: Path) -> None:
    async with opened(path, content("trial", more=", risk: money"), automatic=True) as office:
        await office.answered(*ENOUGH)
        office.settle()
        assert (await office.look()).mode == "trial"
        refused = await office.promotions.change("delivery", "auto", "Ed", EDITOR)
        assert not refused.allowed and "only admin or lead" in refused.sentence
        assert (await office.promotions.change("delivery", "auto", "Lea", LEAD)).allowed


async def test_operators_use_permits_a_trial_and_a_trial_answers_its_share(path: Path) -> None:
    async with opened(path, content("suggest")) as office:
        assert await office.asked(*[True] * 5) == 0
        await office.suggested(30)
        office.settle()
        status = await office.look()
        assert status.proposal is not None and status.proposal.to == "trial"
        assert "30 of 30 suggestions as they stood, 0 came back" in status.proposal.sentence
        await office.promotions.change("delivery", "trial", "Ed", EDITOR)
        await office.look()
        assert 5 < await office.asked(*[True] * 100) < 40


async def test_editing_and_coming_back_count_against_a_suggestion(path: Path) -> None:
    async with opened(path, content("suggest")) as office:
        await office.suggested(10)
        await office.suggested(10, edited=True)
        await office.suggested(5, comes_back=True)
        office.settle()
        use = (await office.look()).evidence.operators
        assert (use.as_suggested, use.edited, use.came_back) == (15, 10, 5)


async def test_nobody_gets_to_auto_without_evidence(path: Path) -> None:
    async with opened(path, content("trial")) as office:
        refused = await office.promotions.change("delivery", "auto", "Lea", LEAD)
        assert not refused.allowed and "does not show yet" in refused.sentence
        assert (await office.look()).history == ()


async def test_what_clearly_fails_is_taken_back_at_once_and_people_are_told(path: Path) -> None:
    async with opened(path, content("auto")) as office:
        async with office.house.bus.subscribe("modes") as notes:
            await office.answered(*[False] * 12)
            office.settle()
            status = await office.look()
            assert (status.mode, status.actor, status.taken_back) == ("suggest", "Frontdesk", True)
            assert "did not help" in status.why and "clearly failing" in status.why
            async with asyncio.timeout(5):
                assert await anext(aiter(notes)) == Note("modes")
        assert await office.asked(True) == 0


async def test_after_being_taken_back_nothing_counts_that_was_sent_before(path: Path) -> None:
    async with opened(path, content("auto")) as office:
        await office.answered(*[True] * 40, *[False] * 12)
        office.settle()
        assert (await office.look()).mode == "suggest"
        await office.promotions.change("delivery", "trial", "Lea", LEAD)
        status = await office.look()
        assert (status.evidence.trial, status.evidence.auto, status.evidence.predecessor) == ((), (), None)
        refused = await office.promotions.change("delivery", "auto", "Lea", LEAD)
        assert not refused.allowed


async def test_an_edited_auto_template_answers_everybody_as_a_trial(path: Path) -> None:
    async with opened(path, content("auto")) as office:
        await office.answered(*[True] * 20)
        office.settle()
        office.show(content("auto", WORSE))
        status = await office.look()
        assert (status.mode, status.edited) == ("auto", True)
        assert (status.standing.mode, status.standing.share) == ("trial", 1.0)
        before = status.evidence.predecessor
        assert before is not None and (before.helped, before.failed) == (20, 0)
        await office.answered(*ENOUGH)
        office.settle()
        status = await office.look()
        assert status.evidence.trial == ("confirmed",) * 30 and status.proposal is not None
        await office.promotions.change("delivery", "auto", "Ed", EDITOR)
        status = await office.look()
        assert (status.mode, status.edited, status.standing.mode) == ("auto", False, "auto")


async def test_undoing_an_edit_undoes_the_trial(path: Path) -> None:
    async with opened(path, content("auto")) as office:
        await office.answered(*[True] * 3)
        office.show(content("auto", WORSE))
        assert (await office.look()).edited
        await office.answered(True)
        office.show(content("auto"))
        assert not (await office.look()).edited


async def test_an_edit_before_anything_was_sent_costs_nothing(path: Path) -> None:
    async with opened(path, content("auto")) as office:
        office.show(content("auto", WORSE))
        assert (await office.look()).standing.mode == "auto"


async def test_a_customer_who_is_still_reading_is_no_evidence(path: Path) -> None:
    async with opened(path, content("trial")) as office:
        await office.answered(*ENOUGH)
        assert (await office.look()).evidence.trial == ()
        office.settle()
        assert len((await office.look()).evidence.trial) == 30


async def test_what_is_noted_beside_a_persons_word_does_not_make_it_younger(path: Path) -> None:
    async with opened(path, content("auto")) as office:
        house = office.house
        id = await house.start()
        await house.says(id, QUESTION)
        await house.turns.take(id, ButtonPressed(at=house.now, payload="/no", title="No"))
        ruling = Ruling(f"{id}.1", "confirmed", "She called: it helped.", "Ana")
        await house.database.write(lambda tx: overrule(tx, ruling, house.clock()))
        assert (await office.look()).evidence.auto == ("confirmed",)
        await house.says(id, "the price")
        noted = await house.database.read(lambda tx: tx.all("ledger.outcomes", answer_id=f"{id}.1"))
        assert noted[-1]["actor"] == "customer"
        assert (await office.look()).evidence.auto == ("confirmed",)


async def test_of_two_who_move_a_template_at_once_one_is_told_to_look_again(path: Path) -> None:
    async with opened(path, content("suggest")) as office:
        others = office.another()
        moves = [
            one.change("delivery", "trial", name, LEAD)
            for one, name in ((office.promotions, "Lea"), (others, "Lou"))
        ]
        done = await asyncio.gather(*moves, return_exceptions=True)
        kinds = sorted(type(one).__name__ for one in done)
        # Who comes second may also have seen the change, and be told that there is no way from there.
        assert kinds in (["Conflict", "Verdict"], ["Verdict", "Verdict"])
        assert len((await office.look()).history) == 1
        assert all(isinstance(one, Conflict) for one in done if isinstance(one, BaseException))


async def test_what_another_process_moves_is_noticed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PEEK_EVERY", 20)
    async with opened(path, content("suggest")) as office:
        await office.promotions.start()
        async with asyncio.timeout(10), office.house.bus.subscribe("modes") as notes:
            await office.another().change("delivery", "trial", "Lea", LEAD)
            async for _ in notes:
                if office.promotions.standings["delivery"].mode == "trial":
                    break


async def test_new_content_is_looked_at_at_once(path: Path) -> None:
    async with opened(path, content("auto")) as office:
        await office.promotions.start()
        async with asyncio.timeout(10), office.house.bus.subscribe("modes") as notes:
            office.show(content("draft"))
            office.house.bus.publish(Note("content", "good"))
            async for _ in notes:
                if office.promotions.standings["delivery"].mode == "draft":
                    break


async def test_a_template_that_there_is_not_cannot_be_moved(path: Path) -> None:
    async with opened(path, content("auto")) as office:
        with pytest.raises(NotFound, match="no template nothing"):
            await office.promotions.change("nothing", "suggest", "Lea", LEAD)


async def test_of_many_answers_the_newest_count(path: Path) -> None:
    async with opened(path, content("trial")) as office:
        await office.answered(True, True, False)
        await office.answered(*[True] * 5)

        def newest(tx: Transaction) -> list[str]:
            return [one.outcome for one in store.sends(tx, 0, most=2, first=0) if one.mode == "trial"]

        def with_the_first(tx: Transaction) -> list[str]:
            long_ago = office.house.now  # nothing is as new as this
            return [one.outcome for one in store.sends(tx, long_ago, first=3) if one.mode == "trial"]

        assert await office.house.database.read(newest) == ["confirmed"] * 2
        assert await office.house.database.read(with_the_first) == ["confirmed", "confirmed", "not_helped"]


VARIANTS = ", variants: {{short: {{text: {{en: {short}}}}}}}"


async def test_a_variant_that_has_lost_gets_no_traffic_until_its_text_changes(path: Path) -> None:
    async with opened(path, content("auto", more=VARIANTS.format(short="2 d"))) as office:
        for _ in range(140):
            id = await office.house.start(f"visitor {office.house.now}")
            await office.house.says(id, "how long is delivery?")
            said = (await office.house.messages(id))[1].text
            await office.house.says(id, "yep" if said == "Two days." else "nope")
        office.settle()
        status = await office.look()
        plain, short = status.variants
        assert (plain.share, short.share) == (1.0, 0.0) and "It helped in 0 of" in short.lost
        office.show(content("auto", more=VARIANTS.format(short="Two d.")))
        status = await office.look()
        assert min(one.share for one in status.variants) >= BARS.variant_floor


async def test_who_decides_is_said_on_one_line(path: Path) -> None:
    async with opened(path, content("suggest")) as office:
        for nobody in ("", " \n", "\x1b", "x" * 101):
            with pytest.raises(BadRequest, match="say who decides"):
                await office.promotions.change("delivery", "trial", nobody, LEAD)
        name, reason = "Åsa\n [red]\x1b[2J", "Fine.\r\nReally."
        await office.promotions.change("delivery", "trial", name, LEAD, reason)
        status = await office.look()
        assert status.actor == "Åsa [red][2J" and status.why.startswith("Fine. Really. By the word")
