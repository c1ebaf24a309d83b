"""Words that mean the same.

1. A group is the same in whatever order, and in whatever form its words are written.
2. Groups with a member in common are one.
3. A phrase is joined where its words stand side by side, in any form; nothing else changes.
4. Of phrases that overlap the first counts, of those that begin alike the longest.
"""

from hypothesis import given
from hypothesis import strategies as st

from bot.text.synonyms import Alike, Phrases, Synonyms, as_stems, groups

WORDS = ("refund", "refunds", "reimbursement", "money", "back", "rebate", "parcel", "package")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), max_size=6), st.randoms())
def test_1_order_changes_nothing(written: list[list[str]], chance: object) -> None:
    other = [list(reversed(group)) for group in reversed(written)]
    assert groups(written, "en") == groups(other, "en")


def test_1_forms() -> None:
    assert groups([["Refunds", "reimbursements"]], "en") == groups([["reimbursement", "refund"]], "en")
    assert groups([["refund", "refunds"]], "en") == ()


def test_2_common_members() -> None:
    (only,) = groups([["parcel", "package"], ["box", "crate"], ["packages", "box"]], "en")
    assert only == ("box", "crate", "packag", "parcel")
    assert Synonyms([["parcel", "package"], ["packages", "box"]], "en").among(["parcels"]) == [
        Alike(0, 0, ("box", "package"))
    ]


def test_2_many_groups_become_one_as_they_share_a_word_with_the_next() -> None:
    chain = [(f"word{chr(97 + n)}", f"word{chr(98 + n)}") for n in range(20)]
    (only,) = groups([*chain[::2], *chain[1::2]], "xx")
    assert len(only) == 21


def test_2_a_number_or_a_code_is_in_no_group_as_any_other_is_the_same_word() -> None:
    assert (
        groups([["112", "emergency"], ["A12345", "widget"], ["0", "nothing"], ["call 911", "alarm"]], "en")
        == ()
    )
    assert groups([["24/7", "round the clock"], ["112", "911", "alarm", "siren"]], "en") == (
        ("24 7", "round the clock"),
        ("alarm", "siren"),
    )


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), max_size=6))
def test_2_no_member_is_in_two_groups(written: list[list[str]]) -> None:
    members = [member for group in groups(written, "en") for member in group]
    assert len(members) == len(set(members))


def test_3_phrases() -> None:
    phrases = Phrases(["refund", as_stems("money back", "en")], "en")
    joined = phrases.join(["i", "want", "moneys", "back", "now"])
    assert list(joined.words) == ["i", "want", "money back", "now"]
    assert list(joined.first) == [0, 1, 2, 4] and list(joined.last) == [0, 1, 3, 4]
    apart = ["money", "please", "back"]
    assert list(phrases.join(apart).words) == apart


@given(st.lists(st.sampled_from(WORDS), max_size=8))
def test_3_every_word_is_kept(said: list[str]) -> None:
    joined = Phrases([as_stems("money back", "en"), as_stems("back refund money", "en")], "en").join(said)
    spans = zip(joined.first, joined.last, strict=True)
    assert [place for first, last in spans for place in range(first, last + 1)] == list(range(len(said)))
    assert len(joined.words) == len(joined.first)


def test_4_overlaps() -> None:
    phrases = Phrases(["money back", "back order", "money back order"], "en")
    assert list(phrases.join(["money", "back", "order"]).words) == ["money back order"]
    assert list(phrases.join(["back", "order", "money", "back"]).words) == ["back order", "money back"]
    assert list(phrases.join(["money", "back", "now"]).words) == ["money back", "now"]
