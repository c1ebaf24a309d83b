"""1. Each kind of personal data is hidden, in every language of the packs. 2. What is no personal data stays.
3. Masking twice changes nothing more. 4. Nothing that was put into a text is left in it. 5. What the
shop gives to everybody can be kept. 6. Any string is taken, also a long one.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.masking import KINDS, has_masks, masked, masks, personal


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("write to anna.k+shop@mail.example.org.", "write to [email]."),
        ("anna (at) example.com", "[email]"),
        ("пишите на анна@пример.рф", "пишите на [email]"),
        ("call me on +46 70 123 45 67 please", "call me on [phone] please"),
        ("ring 070-123 45 67", "ring [phone]"),
        ("sună la 0722 123 456", "sună la [phone]"),
        ("позвоните 8 (912) 345-67-89", "позвоните [phone]"),
        ("0532 123 45 67 numaram", "[phone] numaram"),
        ("โทร 081-234-5678 ครับ", "โทร [phone] ครับ"),
        ("โทร ๐๘๑-๒๓๔-๕๖๗๘ ครับ", "โทร [phone] ครับ"),
        ("my card is 4111 1111 1111 1111", "my card is [card]"),
        ("4111-1111-1111-1111!", "[card]!"),
        ("pay to SE45 5000 0000 0583 9825 7466 and tell me", "pay to [iban] and tell me"),
        ("gb82west12345698765432", "[iban]"),
        ("where is A100001?", "where is [code]?"),
        ("order ABC-1234-X and #77 and 12345678", "order [code] and [code] and [code]"),
        ("see https://shop.example/track?token=abc", "see [link]"),
        ("https://anna:secret@shop.example/", "[link]"),
        ("https://x.example/o/8f7a6b5c4d3e2f1a", "[link]"),
        ("I live at 10 Downing Street, London", "I live at [address], London"),
        ("skicka till Storgatan 12 B", "skicka till [address]"),
        ("123 45 Stockholm", "[address]"),
        ("stau pe Strada Mihai Eminescu nr. 5", "stau pe [address]"),
        ("я живу: ул. Ленина, д. 5, кв. 12", "я живу: [address]"),
        ("Atatürk Caddesi No: 12", "[address]"),
        ("อยู่บ้านเลขที่ 99/1 ถนนสุขุมวิท", "อยู่[address]"),
    ],
)
def test_1_hidden(text: str, hidden: str) -> None:
    assert masked(text) == hidden


@pytest.mark.parametrize(
    ("text", "name", "hidden"),
    [
        ("hi, I am anna svensson", "Anna Svensson", "hi, I am [name]"),
        ("Anna's parcel", "Anna", "[name] parcel"),
        ("Annas paket", "Anna", "[name] paket"),
        ("это заказ Анны", "Анна", "это заказ [name]"),
        ("Ayşe'nin siparişi", "Ayşe", "[name] siparişi"),
        ("ฉันชื่อสมชายครับ", "สมชาย", "ฉันชื่อ[name]ครับ"),
        ("an answer, Ann", "Ann", "an answer, [name]"),
        ("the marketing of Mark", "Mark", "the marketing of [name]"),
        ("I am Will, will it fit? Will's order", "Will", "I am [name], will it fit? [name] order"),
    ],
)
def test_1_names(text: str, name: str, hidden: str) -> None:
    assert masked(text, [name]) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We are open 09.00-18.00, on Saturdays 9–17",
        "back on 2026-11-22 or on 22.11.2026, as in 2025-2026",
        "it costs 12500 kr or €1,299.00 or 10 000 SEK or 25.000 lei",
        "a 500g bag, 1080p, 24/7, 3-5 days, 30 Nov, 2 for 1, iPhone 15, the 1000th visitor",
        "read https://shop.example/returns and www.shop.example",
        "2 days on the road",
        "within 3 days the drive stops",
        "цена 12500 руб, доставка 3-5 дней",
        "ราคา 12500 บาท ส่งใน 3-5 วัน",
        "fiyat 12500 TL, 3-5 gün",
    ],
)
def test_2_stays(text: str) -> None:
    assert masked(text) == text
    assert not has_masks(text)


PERSONAL = {
    "email": st.from_regex(r"\A[a-z]{1,8}(\.[a-z]{1,8})?@[a-z]{2,9}\.(com|org|se|рф)\Z"),
    "phone": st.from_regex(r"\A(\+[1-9][0-9]{1,2}|0)[ -]?[1-9][0-9][ -]?[0-9]{3}[ -]?[0-9]{4}\Z"),
    "card": st.sampled_from(["4111111111111111", "5500 0000 0000 0004", "3400 000000 00009"]),
    "iban": st.sampled_from(
        ["SE4550000000058398257466", "GB82 WEST 1234 5698 7654 32", "RO49AAAA1B31007593840000"]
    ),
    "code": st.from_regex(r"\A[A-Z]{1,3}-?[0-9]{4,9}\Z", alphabet=st.characters(max_codepoint=127)),
}
AROUND = st.sampled_from(
    [
        "",
        "hello",
        "my order is",
        "mitt nummer:",
        "номер",
        "ฉันชื่อ ",
        "numaram",
        "și",
        "(",
        ") thanks",
        "?",
        "\n",
        "[name]",
    ]
)


@given(st.lists(st.tuples(AROUND, st.sampled_from(sorted(PERSONAL)), st.data()), min_size=1, max_size=4))
def test_3_and_4_nothing_is_left(parts: list[tuple[str, str, st.DataObject]]) -> None:
    values = [data.draw(PERSONAL[kind]) for _, kind, data in parts]
    text = " , ".join(f"{around} {value}" for (around, _, _), value in zip(parts, values, strict=True))
    hidden = masked(text)
    assert [value for value in values if value in hidden] == []
    assert not re.search(r"\d{4}|@", hidden)
    assert masked(hidden) == hidden


@given(st.text(max_size=200), st.lists(st.text(max_size=12), max_size=2))
def test_3_and_6_any_text_and_names(text: str, names: list[str]) -> None:
    hidden = masked(text, names)
    assert masked(hidden, names) == hidden
    assert personal(hidden, names) == ()


@given(
    st.lists(
        st.sampled_from(
            [
                *"0123456789 -./@#[]+()",
                "a",
                "B",
                "email",
                "name",
                "[name]",
                "[code]",
                "kr",
                "€",
                "st",
                "No",
                "๑",
                "д.",
            ]
        ),
        max_size=40,
    ).map("".join)
)
def test_3_masks_meet_what_looks_like_them(text: str) -> None:
    hidden = masked(text, ["name", "code st"])
    assert masked(hidden, ["name", "code st"]) == hidden


@pytest.mark.parametrize(
    "piece", ["a", "1", "a1", "a-", "1 ", "str ", "1 a ", "A1-", "ул. ", "x.", "@", "a@", "[name]"]
)
def test_6_a_long_text(piece: str) -> None:
    assert len(masked(piece * 5_000, ["a"])) <= len(piece) * 5_000 * 6


def test_5_what_everybody_is_given() -> None:
    text = "Write to help@shop.example or ring 08-123 456 78, your order is A100001"
    assert personal(text) == ("help@shop.example", "08-123 456 78", "A100001")
    kept = masked(text, keep=["help@shop.example", "08-123 456 78"])
    assert kept == "Write to help@shop.example or ring 08-123 456 78, your order is [code]"


def test_masks_can_be_counted() -> None:
    hidden = masked("anna@example.org has A100001")
    assert masks(hidden) == ("[email]", "[code]")
    assert {mask.strip("[]") for mask in masks(hidden)} <= set(KINDS)
