"""Thai.

1. A run of Thai is cut into words; joined they give it; marks stay with their letters.
2. What looks alike is the same: sara am and sara ae in two parts, a mark typed twice or before its vowel.
3. Thai digits are digits, and Latin letters and numbers inside a run are words of their own.
4. A misspelt word is found inside a run, told with its place, and nothing around it changes.
5. A run that the content knows is never changed, and an example is read as itself.
6. A message typed on the Latin layout is read by its keys, and the other way round.
7. Without pythainlp, a run is cut into clusters, and the bot still works.
8. Nothing for Thai is loaded by a bot that does not speak it; its texts are cut into clusters.
9. Any text at all is read, quickly.
10. A mark without a letter stays with the word beside it, where the slip is seen; at the start, in the middle
    and at the end.
"""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.thai import borders, fold_thai, scripts
from bot.text.thaiwords import segment
from bot.text.tokens import is_word, tokenize, words
from tests.text.shops import EXAMPLES, ask, means

THAI = st.text(alphabet=st.characters(min_codepoint=0x0E00, max_codepoint=0x0E7F), max_size=60)


def test_1_words() -> None:
    assert words("พัสดุของฉันอยู่ที่ไหน", "th") == ("พัสดุ", "ของ", "ฉัน", "อยู่", "ที่ไหน")


@given(THAI)
def test_1_nothing_is_lost(run: str) -> None:
    assert "".join(segment(run)) == run


@given(st.text(alphabet="กขคงเแาำะิีุ่้์ัๆ", min_size=1, max_size=30))
def test_1_places_follow_each_other(marks: str) -> None:
    run = f"ก{marks}"
    tokens = tokenize(run, "th")
    assert [token.start for token in tokens] == sorted({token.start for token in tokens})
    assert all(run[token.start : token.end] == token.original for token in tokens)


def test_1_a_word_has_letters_and_marks() -> None:
    assert is_word("ที่ไหน") and is_word("paket") and not is_word("a0") and not is_word("?")


@pytest.mark.parametrize(("typed", "meant"), [("ทํา", "ทำ"), ("เเละ", "และ"), ("ที่่", "ที่"), ("ท่ี", "ที่")])
def test_2_look_alikes(typed: str, meant: str) -> None:
    assert fold_thai(typed, "th") == meant
    assert words(typed, "th") == words(meant, "th")


def test_2_places_in_the_text_as_typed() -> None:
    text = "ฉันทํางาน"
    assert [text[token.start : token.end] for token in tokenize(text, "th")] == ["ฉัน", "ทํางาน"]


def test_3_numbers_and_latin_letters() -> None:
    assert words("ซื้อ iPhone๑๕ 3ชิ้น ๑๒๓๔๕", "th") == ("ซื้อ", "iphone", "15", "3", "ชิ้น", "0")
    assert scripts("3ชิ้น") == ["3", "ชิ้น"]


@pytest.mark.parametrize(
    ("typed", "slip", "meant"),
    [
        ("พัสุดของฉันอยู่ที่ไหน", "พัสุด", "พัสดุ"),
        ("พัสดุของฉันอยุ่ที่ไหน", "อยุ่", "อยู่"),
        ("เมื่อไหร่จะได้รับสินต้า", "สินต้า", "สินค้า"),
        ("ติดตามพัศดุ", "พัศดุ", "พัสดุ"),
    ],
)
def test_4_slips(typed: str, slip: str, meant: str) -> None:
    match = ask(typed, "th")
    assert [(one.original, one.corrected) for one in match.corrections] == [(slip, meant)]
    assert match.read_as == typed.replace(slip, meant)
    assert match.best and match.best.intent == "order_status"


@pytest.mark.parametrize("name", EXAMPLES)
def test_5_examples(name: str) -> None:
    for text in EXAMPLES[name]["th"]:
        match = ask(text, "th")
        assert match.corrections == () and match.best
        assert match.best.intent == name and match.best.confidence > 0.9


def test_6_wrong_layout() -> None:
    assert ask("-v8nog'bo", "th").read_as == "ขอคืนเงิน"
    assert means("-v8nog'bo", "en", "th", spoken="en") == "refund"
    assert means("ะพฟแา ทั ยฟแาฟเำ", "en", "th", spoken="th") == "order_status"


WITHOUT = """
import sys
sys.modules["pythainlp"] = None
import bot.text.thaiwords as thaiwords
thaiwords.find_spec = lambda name: None
from tests.text.shops import EXAMPLES, means
from bot.text.tokens import words
assert words("เก้าโมงเช้า", "th") == ("เก้า", "โม", "ง", "เช้า")
assert all(means(text, "th") == name for name, texts in EXAMPLES.items() for text in texts["th"])
"""


def test_7_without_pythainlp() -> None:
    subprocess.run([sys.executable, "-c", WITHOUT], check=True)


ENGLISH_ONLY = """
import sys
from tests.text.shops import means
assert means("where is my order", "en") == "order_status"
means("พัสดุของฉันอยู่ที่ไหน", "en")
print([name for name in sys.modules if name.split(".")[0] in ("pythainlp", "nlpo3", "py3langid")])
"""


def test_8_only_where_it_is_spoken() -> None:
    said = subprocess.run([sys.executable, "-c", ENGLISH_ONLY], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
    assert words("เก้าโมงเช้า", "en") == ("เก้า", "โม", "ง", "เช้า")


@given(THAI)
def test_9_any_text(text: str) -> None:
    assert ask(text, "th").text == text
    assert borders(text)[0] == 0 and borders(text)[-1] == len(text)


@pytest.mark.parametrize("text", ["ก" * 2_000, "เแ" * 1_000, "พัศดุ" * 400, "ที่" * 29 + "พัศดุ"])
def test_9_long_texts_are_quick(text: str) -> None:
    ask("พัสดุ", "th")
    began = time.perf_counter()
    ask(text, "th")
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ตัว๋", ("ตัว๋",)),
        ("่าว", ("่าว",)),
        ("ฉัน ีชื่อ", ("ฉัน", "ีชื่อ")),
        ("ที่ัตั้งไว้", ("ทีั่", "ตั้ง", "ไว้")),
        ("ั ็", ()),
        ("é ́a", ("e", "a")),
    ],
)
def test_10_marks_without_a_letter(typed: str, found: tuple[str, ...]) -> None:
    assert words(typed, "th") == found


@pytest.mark.parametrize(("typed", "meant"), [("ัพสดุอยู่ที่ไหน", "พัสดุ"), ("ขอคืนเิงน", "คืนเงิน")])
def test_10_are_corrected(typed: str, meant: str) -> None:
    assert meant in [one.corrected for one in ask(typed, "th").corrections]
