"""The second opinion in other languages than English.

1. Words go to the model as the content writes them or, where it does not know them, as the customer does.
2. It is heard in every language that asks for it, and in no other.
3. Vectors of two languages are kept side by side, and what a fit found out is read back from disk.

A stand-in embeds: words of one topic have one vector.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.fitting.arrays import read_models, request_bytes, wants_semantic, write_models
from bot.fitting.fit import fit_here, requested
from bot.fitting.labelled import Lesson
from bot.fitting.meanings import as_written
from bot.fitting.training import fit_request
from bot.matching.matcher import ContentMatcher
from bot.model import Intent, Taught
from tests.sentence_model import Topics
from tests.small_shop import OUT_OF_SCOPE, SWEDISH, shop


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
def test_1_words_go_to_the_model_as_they_are_written(
    topics: Topics, typed: str, embedded: tuple[str, ...]
) -> None:
    matcher = in_swedish()
    assert ("tröjan", "är", "för", "liten") in topics.asked
    topics.asked.clear()
    matcher.match(typed, "sv")
    assert topics.asked == [embedded]


def test_2_it_is_heard_in_every_language_that_asks_for_it(topics: Topics) -> None:
    best = in_swedish().match("försändelse", "sv").best
    assert best is not None and best.intent == "parcel"
    assert any(reason.kind == "meaning" and '"var är mitt paket"' in reason.text for reason in best.reasons)
    topics.asked.clear()
    fit_here(Taught(SWEDISH, {}, ["sv"]), semantic=["en"]).match("försändelse", "sv")
    assert topics.asked == []


def test_1_a_word_is_written_as_most_often() -> None:
    texts = ["Tröja", "tröja, troja", "en kopp", "IŞIK"]
    assert as_written(texts, "sv")["troja"] == "tröja"
    assert as_written(["für fur", "fur für"], "de") == {}
    assert as_written(texts[-1:], "tr") == {"isik": "ışık"}


def test_1_one_way_to_write_in_unicode_is_as_good_as_another() -> None:
    texts = ["tro\u0308ja", "tröja", "tröja", "troja", "troja"]
    assert as_written(texts, "sv") == {"troja": "tröja"}


def test_2_only_languages_with_examples_ask(topics: Topics) -> None:
    lessons = {"sv": Lesson([("parcel", "var är mitt paket")]), "de": Lesson([], ["paket"])}
    assert wants_semantic(request_bytes(lessons, ["sv", "de", "fi"])) == {"sv"}
    both = {**shop(), "parcel": SWEDISH["parcel"]}
    fit_here(Taught(both, OUT_OF_SCOPE, ["en", "sv"]), semantic=["sv"])
    assert ("var", "är", "mitt", "paket") in topics.asked
    assert ("i", "want", "a", "refund") not in topics.asked


def test_3_vectors_of_two_languages_are_kept_side_by_side(topics: Topics, tmp_path: Path) -> None:
    both = {**SWEDISH, "pakete": Intent("pakete", examples={"de": ("wo ist mein paket", "paket weg")})}
    taught = Taught(both, {}, ["sv", "de"])
    for asked in (True, False):
        topics.asked.clear()
        fit_request(request_bytes(requested(taught), ["sv", "de"]), tmp_path)
        assert (("var", "är", "mitt", "paket") in topics.asked) is asked
        assert (("wo", "ist", "mein", "paket") in topics.asked) is asked
    assert len(list(tmp_path.iterdir())) == 2


def test_3_how_words_are_written_is_read_back(topics: Topics, tmp_path: Path) -> None:
    models = fit_request(request_bytes(requested(Taught(SWEDISH, {}, ["sv"])), ["sv"]))
    write_models(tmp_path / "models.npz", models)
    read = read_models(tmp_path / "models.npz")["sv"].meanings
    fitted = models["sv"].meanings
    assert read is not None and fitted is not None
    assert read.written == fitted.written and read.written["troja"] == "tröja"
    assert (read.centre == fitted.centre).all() and read.centre.any()
