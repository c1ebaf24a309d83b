"""What invented customers ask that no content answers.

1. Questions and replies vary, and say what the gap is about.
2. The first gaps are asked about most often.
3. A simulated month leaves questions without an answer, with drafts out of what operators replied.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.analytics.backlog import backlog
from bot.analytics.threads import Question
from bot.analytics.unanswered import unanswered
from bot.config import StorageSettings, load
from bot.content.catalog import load as load_content
from bot.simulation.gaps import GAPS, drawn, is_gap, question, reply
from bot.simulation.hours import DAY
from bot.simulation.simulation import Plan, simulate
from bot.storage.sqlite import SqliteDatabase

ROOT = Path(__file__).parents[2]
UNTIL = 20_000 * DAY


def test_1_questions_and_replies_vary() -> None:
    chance = random.Random(1)
    for want, gap in GAPS.items():
        assert is_gap(want)
        assert {question(want, chance) for _ in range(200)} == set(gap.asked)
        replies = {reply(want, "Hi! ", " Bye.", chance) for _ in range(50)}
        assert len(replies) > 3
        assert all(text.startswith("Hi! ") and text.endswith(" Bye.") for text in replies)
        assert all(any(wording in text for wording in gap.told[0]) for text in replies)
    assert not is_gap("") and not is_gap("order_status")


def test_2_the_first_are_drawn_most() -> None:
    chance = random.Random(1)
    counts = Counter(drawn(chance) for _ in range(2_000))
    assert [name for name, _ in counts.most_common()] == list(GAPS)


def test_3_a_month_leaves_drafts(tmp_path: Path) -> None:
    config = replace(load(ROOT / "config.yml"), storage=StorageSettings(tmp_path / "month.sqlite3"))
    asyncio.run(simulate(config, Plan(days=20, per_day=40, seed=3, until=UNTIL)))
    content = load_content(config.content, config.languages, config.channels).content
    assert content is not None

    async def read() -> Sequence[Question]:
        database = SqliteDatabase(config.storage.path)
        await database.open()
        found = await database.read(lambda tx: unanswered(tx, content, 0, UNTIL + DAY))
        await database.close()
        return found

    topics = backlog(asyncio.run(read()), content)
    first = topics[0]
    assert first.conversations > 5
    told = [wording for gap in GAPS.values() for part in gap.told for wording in part]
    drafted = [topic.draft.text for topic in topics[:6] if topic.draft.replies > 2]
    assert drafted
    for text in drafted:
        assert any(wording in text for wording in told)
        assert "Thanks for waiting" not in text
        assert "colleague" not in text
