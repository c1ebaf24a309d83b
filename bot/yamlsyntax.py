"""YAML's syntax errors in words that say what to do about them."""

from __future__ import annotations

import yaml
from yaml.reader import ReaderError

Explained = tuple[int, int, str, str, str]
"""Line and column (both from 1), code, message, hint."""

_QUOTE = "put the text in quotation marks"
_CLOSE = "add it where the text ends"
_COMMAS = "a text in it that contains , or : needs quotation marks"

# Found only when it was too late: what is wrong stands where the context starts.
_AT_START = ("found unexpected end of stream", "could not find expected ':'", "found unexpected document")

# What libyaml says and the start of its context, with our message and hint. The first hit counts.
_TABLE: tuple[tuple[str, str, str, str], ...] = (
    ("found a tab character", "", "a tab is used to indent", "indent with spaces"),
    (
        "mapping values are not allowed",
        "",
        "a `:` is not possible here",
        "a text that contains `: ` needs quotation marks; a key needs a space after its `:`, "
        "and keys of one map start in the same column",
    ),
    (
        "block sequence entries are not allowed",
        "",
        "a list cannot start on the line of its key",
        "start it on the next line, or write [one, two]; a text that starts with `- ` needs quotation marks",
    ),
    (
        "found unknown escape character",
        "",
        'inside "…" a backslash has a meaning of its own',
        "use '…' instead; there, a backslash is only a backslash",
    ),
    ("found invalid Unicode character escape", "", "this \\u… is no character", "type the character itself"),
    ("did not find expected hexdecimal number", "", "this \\x… is no character", "type the character itself"),
    ("found unexpected end of stream", "while scanning a quoted", "a quotation mark is not closed", _CLOSE),
    ("found unexpected document indicator", "", "a quotation mark is not closed before `---`", _CLOSE),
    ("could not find expected ':'", "", "this line is neither a key nor a list item", "a key ends in `:`"),
    (
        "did not find expected '-' indicator",
        "",
        "a list ends here, but something follows that is no item of it",
        "begin the line with `- `, or indent it like the key it belongs to",
    ),
    (
        "did not find expected ',' or ']'",
        "",
        "a list that starts with [ is not closed",
        f"add , or ]; {_COMMAS}",
    ),
    (
        "did not find expected ',' or '}'",
        "",
        "a map that starts with { is not closed",
        f"add , or }}; {_COMMAS}",
    ),
    (
        "did not find expected alphabetic",
        "while scanning an alias",
        "a text cannot start with `*`",
        _QUOTE,
    ),
    ("did not find expected alphabetic", "while scanning an anchor", "a text cannot start with `&`", _QUOTE),
    (
        "did not find expected comment or line break",
        "while scanning a block scalar",
        "a text after `|` or `>` starts on the next line",
        "move it there and indent it; or put it in quotation marks if it starts with | or >",
    ),
    ("found undefined tag handle", "", "a text cannot start with `!`", _QUOTE),
    ("did not find expected node content", "while parsing a flow", "a value is missing here", ""),
    ("did not find expected node content", "", "a value cannot start like this", _QUOTE),
    ("directive", "", "a line cannot start with `%`", _QUOTE),
    ("did not find expected <document start>", "", "nothing may follow the line `...`", "remove that line"),
    (
        "did not find expected key",
        "",
        "this does not fit what stands above it",
        "keys of one map, and items of one list, start in the same column",
    ),
)


def explain(error: Exception, text: str) -> Explained:
    """Where a syntax error is, what is wrong and what to do."""
    if isinstance(error, ReaderError):
        return _bad_character(error, text)
    if isinstance(error, UnicodeError):
        return 0, 0, "syntax", "the file holds half a character (a lone surrogate)", "type that text again"
    if not isinstance(error, yaml.MarkedYAMLError):
        return 0, 0, "syntax", f"the file cannot be read as YAML: {error}", ""
    problem, context = error.problem or "", error.context or ""
    at_start = any(said in problem for said in _AT_START)
    mark = (error.context_mark if at_start else None) or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    if "cannot start any token" in problem:
        return _bad_start(line, column, text)
    closed = _after_closing(line, column, text) if "did not find expected" in problem else None
    message, hint = closed or _words(problem, context)
    opened = error.context_mark
    if opened and "is not closed" in message and "that starts" in message:
        message = f"{message} (it starts on line {opened.line + 1})"
    return line, column, "syntax", message, hint


def _words(problem: str, context: str) -> tuple[str, str]:
    for said, where, message, hint in _TABLE:
        if said in problem and context.startswith(where):
            return message, hint
    return f"this is not YAML: {problem or context}", ""


def _row(line: int, text: str) -> str:
    lines = text.splitlines()
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _after_closing(line: int, column: int, text: str) -> tuple[str, str] | None:
    """Something follows a closing quotation mark or bracket on its line: the commonest slip of all."""
    before = _row(line, text)[: max(0, column - 1)].rstrip()
    if before[-1:] in {'"', "'"}:
        quote = before[-1]
        inside = "write '' for an apostrophe" if quote == "'" else 'write \\" for a quotation mark'
        hint = f"quote the whole text; inside {quote}…{quote} {inside}"
        return f"something follows the closing {quote}", hint
    if before[-1:] in {"}", "]"}:
        closing = before[-1]
        opening = "{" if closing == "}" else "["
        return (
            f"something follows the closing {closing}",
            f"a text that starts with {opening} needs quotation marks",
        )
    return None


def _bad_start(line: int, column: int, text: str) -> Explained:
    row = _row(line, text)
    found = row[column - 1 : column]
    if found == "\t":
        return line, column, "syntax", "a tab is used to indent", "indent with spaces"
    return line, column, "syntax", f"a text cannot start with `{found}`", _QUOTE


def _bad_character(error: ReaderError, text: str) -> Explained:
    position = error.position if isinstance(error.position, int) else 0
    before = text[:position]
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    code = error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "\0")
    message = f"the character U+{code:04X} may not stand in a file"
    return line, column, "syntax", message, "remove it; it is invisible in most editors"
