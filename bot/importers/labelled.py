"""Labelled examples from JSON lines or CSV: `text`, `intent`, `lang` and perhaps a `response`.

Every bad line is reported with its number, all at once.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import Problem, ProblemsFound
from bot.model import Language
from bot.yamlfile import decode
from bot.yamlform import nearest
from bot.yamltree import Place

OUT_OF_SCOPE = "oos"
DEFAULT_LANGUAGE = "en"
COLUMNS = ("text", "intent", "lang", "response")
MOST_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class Labelled:
    """One example. `intent` is `oos` where there is nothing to answer; `response` may be empty."""

    text: str
    intent: str
    lang: Language
    response: str
    place: Place


class ExamplesBroken(ProblemsFound):
    """The labelled examples have bad lines."""

    code = "examples_broken"


def read(path: Path) -> list[Labelled]:
    """Every labelled line of a .jsonl or .csv file, in order. Raises `ExamplesBroken` with all bad lines."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExamplesBroken(
            [Place(str(path)).problem("unreadable", f"the file cannot be read: {reason}")]
        ) from None
    text, problem = decode(data, str(path))
    if problem:
        raise ExamplesBroken([problem])
    problems: list[Problem] = []
    rows = (
        _csv(text, path, problems)
        if path.suffix.lower() in {".csv", ".tsv"}
        else _jsonl(text, path, problems)
    )
    found = [line for row, place in rows if (line := _labelled(row, place, problems))]
    if not problems and not found:
        problems.append(Place(str(path)).problem("no_examples", "there are no examples in this file"))
    if problems:
        raise ExamplesBroken(_shortened(problems))
    return found


def _shortened(problems: list[Problem]) -> list[Problem]:
    rest = len(problems) - MOST_PROBLEMS
    if rest <= 0:
        return problems
    more = Place(problems[0].file).problem("more", f"{rest:,} more lines like these are wrong")
    return [*problems[:MOST_PROBLEMS], more]


def _jsonl(text: str, path: Path, problems: list[Problem]) -> Iterator[tuple[dict[str, Any], Place]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = Place(str(path), number, 1)
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            at = Place(str(path), number, error.colno)
            problems.append(at.problem("not_json", f"this line is not JSON: {error.msg}", _one_line(line)))
        except (ValueError, RecursionError):
            problems.append(place.problem("not_json", "this line is not JSON that can be read"))
        else:
            if isinstance(row, dict):
                yield row, place
            else:
                hint = 'write one object a line: {"text": ..., "intent": ..., "lang": ...}'
                problems.append(place.problem("not_an_object", "this line is no JSON object", hint))


def _one_line(line: str) -> str:
    return "each object stands on one line" if line.strip() in {"{", "}", "[", "]"} else ""


def _csv(text: str, path: Path, problems: list[Problem]) -> Iterator[tuple[dict[str, Any], Place]]:
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            place, line = Place(str(path), line, 1), reader.line_num + 1
            if header is None:
                header = [cell.strip().lower() for cell in cells]
                if not _header_fits(header, place, problems):
                    return
            elif any(cell.strip() for cell in cells):
                yield dict(zip(header, cells, strict=False)), place
    except csv.Error as error:
        hint = "a cell that contains quotation marks is quoted, with each of them doubled"
        problems.append(Place(str(path), line, 1).problem("not_csv", f"this is not CSV: {error}", hint))


def _header_fits(header: list[str], place: Place, problems: list[Problem]) -> bool:
    missing = [column for column in ("text", "intent") if column not in header]
    for column in missing:
        near = nearest(column, header)
        hint = f"is it `{near}`?" if near else f"the first line names the columns: {', '.join(COLUMNS)}"
        problems.append(place.problem("no_column", f"there is no column `{column}`", hint))
    return not missing


def _labelled(row: dict[str, Any], place: Place, problems: list[Problem]) -> Labelled | None:
    wrong = list(_wrong(row, place))
    problems += wrong
    if wrong:
        return None
    return Labelled(
        text=" ".join(row["text"].split()),
        intent=row["intent"].strip(),
        lang=_language(row.get("lang") or DEFAULT_LANGUAGE),
        response=(row.get("response") or "").strip(),
        place=place,
    )


def _wrong(row: dict[str, Any], place: Place) -> Iterable[Problem]:
    for column in ("text", "intent"):
        value = row.get(column)
        if not isinstance(value, str) or not value.strip():
            state = "is missing" if value is None or value == "" else "is no text"
            hint = f'out of scope is written "{OUT_OF_SCOPE}"' if column == "intent" else ""
            yield place.problem("no_value", f"`{column}` {state}", hint)
        elif not _whole(value):
            yield place.problem("half_character", f"`{column}` holds half a character (a lone surrogate)")
    if not isinstance(row.get("lang"), str | None) or not _language(row.get("lang") or DEFAULT_LANGUAGE):
        yield place.problem(
            "language", f"`{row.get('lang')}` is not a language", "write it like en, sv or ro"
        )
    response = row.get("response")
    if not isinstance(response, str | None) or not _whole(response or ""):
        yield place.problem("no_value", "`response` is no text")


def _language(tag: str) -> Language:
    """The language of a tag like `sv-SE`, or nothing."""
    language = re.split(r"[-_]", tag.strip().lower())[0]
    return language if re.fullmatch(r"[a-z]{2,3}", language) else ""


def _whole(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
