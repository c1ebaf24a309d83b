"""Labelled examples turned into the files of a content folder."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.content.placeholders import escape
from bot.importers.labelled import OUT_OF_SCOPE, Labelled
from bot.model import Language

_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True, slots=True)
class Imported:
    """Files of content by path, and what there was to say. The default language comes first."""

    files: Mapping[Path, str]
    languages: tuple[Language, ...]
    intents: int
    examples: int
    out_of_scope: int
    unanswered: tuple[str, ...]
    borrowed: tuple[str, ...]


def convert(lines: Sequence[Labelled], few: int | None = None, seed: int = 0) -> Imported:
    """Files of content for labelled lines: one for each intent, one for what is out of scope.

    With `few`, each intent keeps so many examples per language, chosen by `seed` and the texts alone, so
    that the order of the lines does not matter. Out-of-scope examples are all kept. An intent's answer is
    the first response of each language; `unanswered` intents have none, `borrowed` ones have none in the
    default language and say the first they have.
    """
    languages = _languages(lines)
    by_intent: dict[str, list[Labelled]] = defaultdict(list)
    for line in lines:
        by_intent[line.intent].append(line)
    names = _names(by_intent)
    files: dict[Path, str] = {}
    unanswered, borrowed, kept = [], [], 0
    stems = _stems(names.values())
    for intent, own in sorted(by_intent.items()):
        if intent == OUT_OF_SCOPE:
            continue
        name = names[intent]
        examples = _examples(own, languages, intent, few, seed)
        kept += sum(len(texts) for texts in examples.values())
        files[Path("intents") / f"{stems[name]}.yml"] = _intent(name, intent, examples, languages[0])
        answer = _answer(own, languages)
        if not answer:
            unanswered.append(name)
            continue
        if languages[0] not in answer:
            borrowed.append(name)
            answer = {languages[0]: next(iter(answer.values())), **answer}
        files[Path("templates") / f"{stems[name]}.yml"] = _template(name, answer)
    scope = _examples(by_intent.get(OUT_OF_SCOPE, []), languages, OUT_OF_SCOPE, None, seed)
    if scope:
        files[Path("intents") / "_out_of_scope.yml"] = _yaml({"out_of_scope": {"examples": scope}})
    beyond = sum(len(texts) for texts in scope.values())
    return Imported(files, languages, len(names), kept, beyond, tuple(unanswered), tuple(borrowed))


def _languages(lines: Iterable[Labelled]) -> tuple[Language, ...]:
    """All languages, the one with the most examples first."""
    counted = Counter(line.lang for line in lines)
    return tuple(sorted(counted, key=lambda language: (-counted[language], language)))


def _names(intents: Iterable[str]) -> dict[str, str]:
    """Labels to names of intents: white space and the like becomes _, and no two get the same name."""
    names: dict[str, str] = {}
    for label in sorted(intents):
        if label == OUT_OF_SCOPE:
            continue
        plain = re.sub(r"[\s{}|\"]+", "_", label)[:90]
        number, name = 2, plain
        while name in names.values():
            name, number = f"{plain}_{number}", number + 1
        names[label] = name
    return names


def _stems(names: Iterable[str]) -> dict[str, str]:
    """Names of intents to names of files, which differ even where letters' case does not count."""
    stems: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(names):
        plain = re.sub(r"[^\w-]+", "_", name).strip("_.") or "intent"
        number, stem = 2, plain
        while stem.casefold() in taken:
            stem, number = f"{plain}_{number}", number + 1
        taken.add(stem.casefold())
        stems[name] = stem
    return stems


def _examples(
    lines: Iterable[Labelled], languages: Sequence[Language], intent: str, few: int | None, seed: int
) -> dict[Language, list[str]]:
    texts: dict[Language, dict[str, None]] = defaultdict(dict)
    for line in lines:
        texts[line.lang][line.text] = None
    found = {}
    for language in languages:
        own = list(texts.get(language, ()))
        if few is not None:
            own = sorted(own, key=lambda text: _lot(seed, intent, language, text))[:few]
        if own:
            found[language] = own
    return found


def _lot(seed: int, *parts: str) -> bytes:
    """A number drawn for a text by nothing but the seed and the text."""
    return hashlib.sha256("\0".join((str(seed), *parts)).encode()).digest()


def _answer(lines: Iterable[Labelled], languages: Sequence[Language]) -> dict[Language, str]:
    first: dict[Language, str] = {}
    for line in lines:
        if line.response:
            first.setdefault(line.lang, line.response)
    return {language: first[language] for language in languages if language in first}


def _intent(name: str, label: str, examples: Mapping[Language, Sequence[str]], default: Language) -> str:
    intent: dict[str, Any] = {"title": {default: label}} if name != label else {}
    return _yaml(
        {"intents": {name: {**intent, "examples": {key: list(value) for key, value in examples.items()}}}}
    )


def _template(name: str, answer: Mapping[Language, str]) -> str:
    texts = {language: escape(text) for language, text in answer.items()}
    return _yaml({"templates": {name: {"answers": name, "mode": "auto", "text": texts}}})


def _yaml(value: Mapping[str, Any]) -> str:
    text: str = yaml.dump(value, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=100)
    return text
