"""What reading a YAML file promises.

1. Every value and every key knows file, line and column.
2. Scalars are what the author typed, whatever YAML 1.1 makes of them.
3. Nothing in a file raises; what cannot be read is a problem with a place.
4. No file exhausts the stack, the memory, or anybody's patience.
"""

import itertools
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from bot.yamlfile import MAX_BYTES, MAX_PROBLEMS, decode, read_file, read_text
from bot.yamltree import ListNode, MapNode, Place, Scalar, descend, plain


def test_every_value_knows_its_line_and_column() -> None:
    root = read_text("a:\n  b: [one, 'two']\n  c: {d: three}\n", "x.yml").root
    assert isinstance(root, MapNode)
    assert root.keys["a"].place == Place("x.yml", 1, 1)
    assert descend(root, ("a", "b"))[0] == Place("x.yml", 2, 3), "a value of a map is named at its key"
    assert descend(root, ("a", "b", 1))[0] == Place("x.yml", 2, 12)
    assert descend(root, ("a", "c", "d"))[0] == Place("x.yml", 3, 7)
    assert descend(root, ("a", "c", "nowhere", 7))[0] == Place("x.yml", 3, 3), (
        "what is not there is passed over"
    )


def test_columns_count_characters_not_bytes() -> None:
    root = read_text("é: [ångström, ไทย, 🙂, x]\n", "x.yml").root
    assert descend(root or Scalar("", Place("")), ("é", 3))[0].column == 23


@pytest.mark.parametrize(
    "typed",
    ["no", "on", "yes", "off", "y", "012", "12:30", "1e3", ".inf", "null", "~", "2027-03-01", "0x1f", "1_0"],
)
def test_scalars_are_what_was_typed(typed: str) -> None:
    reading = read_text(f"{typed}: [{typed}]\n", "x.yml")
    assert reading.problems == ()
    assert reading.root is not None
    assert plain(reading.root) == {typed: [typed]}


def test_nothing_typed_is_nothing_but_empty_quotes_are_a_text() -> None:
    root = read_text("a:\nb: ''\nc: |\n", "x.yml").root
    assert root is not None
    assert plain(root) == {"a": None, "b": "", "c": ""}


def test_an_alias_stands_for_the_whole_value() -> None:
    root = read_text("a: &a [1, 2]\nb: *a\n", "x.yml").root
    assert root is not None
    assert plain(root) == {"a": ["1", "2"], "b": ["1", "2"]}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 1\na: 2\n", "duplicate_key"),
        ("<<: {a: 1}\n", "merge_key"),
        ("a: !!python/object:os.system x\n", "tag"),
        ("a: !!int 5\n", "tag"),
        ("a: *b\n", "unknown_alias"),
        ("a: &a {b: *a}\n", "recursive"),
        ("a: 1\n---\nb: 2\n", "documents"),
        ("[a]: b\n", "bad_key"),
        ("? \n: b\n", "bad_key"),
        ("a: Order #5\n", "cut_by_comment"),
        ("a: [" * 51, "too_deep"),
        ("- " * 51 + "a", "too_deep"),
        ("\ta: b\n", "syntax"),
        ("a: \x01\n", "syntax"),
        ("a: \ud800\n", "syntax"),
    ],
)
def test_what_people_do_not_mean_is_refused(text: str, code: str) -> None:
    assert [problem.code for problem in read_text(text, "x.yml").problems] == [code]


def test_a_comment_is_a_comment() -> None:
    assert read_text("a: hello # greeting\nb: x #- y\n", "x.yml").problems == ()


def test_several_problems_of_one_file_are_all_told() -> None:
    text = "a: 1\na: 2\nb: !x y\nb: 3\n<<: {}\nc: {d: 1, d: 2}\n"
    lines = sorted(problem.line for problem in read_text(text, "x.yml").problems)
    assert lines == [2, 3, 4, 5, 6]


def test_aliases_may_not_multiply_without_end() -> None:
    names = "abcdefghij"
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]" for before, name in itertools.pairwise(names)
    ]
    reading = read_text("\n".join(lines), "x.yml")
    assert reading.broken
    assert reading.problems[-1].code == "alias_bomb"


def test_aliases_may_not_nest_without_end() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 60)]
    assert read_text("\n".join(lines), "x.yml").problems[-1].code == "too_deep"


@pytest.mark.parametrize(
    "piece", ["[", "{", "- ", "? ", "&a [", "!a ", "'", '"', "#", ": ", "*a ", "a: {", "\n", "a:\n"]
)
def test_large_nonsense_is_refused_in_seconds(piece: str) -> None:
    started = time.perf_counter()
    reading = read_text(piece * (500_000 // len(piece)), "x.yml")
    assert time.perf_counter() - started < 20
    assert len(reading.problems) <= MAX_PROBLEMS


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.yml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    assert [problem.code for problem in read_file(path).problems] == ["too_big"]


def test_a_byte_that_is_not_utf8_is_placed() -> None:
    _, problem = decode("a: 1\nb: få".encode("latin-1"), "x.yml")
    assert problem
    assert (problem.line, problem.column, problem.code) == (2, 5, "not_utf8")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_bytes(b"\xef\xbb\xbfa: b\r\n")
    reading = read_file(path)
    assert reading.root is not None
    assert plain(reading.root) == {"a": "b"}
    assert descend(reading.root, ("a",))[0].column == 1


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_a_file_that_cannot_be_read_is_a_problem(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    if kind == "folder":
        path.mkdir()
    assert [problem.code for problem in read_file(path).problems] == ["unreadable"]


YAML_LIKE = st.text(
    alphabet=st.sampled_from(list("ab: -\n[]{}'\"#&*!|>?,%@`\t<~1é\u0e44\x85\u2028")), max_size=60
)


@given(st.text() | YAML_LIKE)
@example("? - a\n: b")
@example("--- >\n a\n...\n")
@example("a: \ud800")
@example("%YAML 9.9\n---\na")
def test_any_text_at_all_is_read_or_has_problems(text: str) -> None:
    reading = read_text(text, "x.yml")
    assert reading.root is not None or reading.problems or not reading.broken
    for problem in reading.problems:
        assert problem.message
        assert problem.line <= text.count("\n") + text.count("\r") + text.count("\x85") + 3 + text.count(
            "\u2028"
        )
    if isinstance(reading.root, MapNode | ListNode):
        plain(reading.root)


@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_text_or_a_problem(data: bytes) -> None:
    text, problem = decode(data, "x.yml")
    assert problem is None or text == ""


# What PyYAML's own writer does not write back as it was.
WRITABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029"))


@given(st.dictionaries(WRITABLE, st.lists(WRITABLE)))
def test_what_a_yaml_writer_writes_is_read_back(value: dict[str, list[str]]) -> None:
    reading = read_text(yaml.safe_dump(value, allow_unicode=True), "x.yml")
    assert reading.problems == ()
    assert reading.root is not None
    assert plain(reading.root) == value
