"""Synonyms as the files write them: groups of words that mean the same to a business."""

from __future__ import annotations

from bot.content.drafts import Drafts
from bot.content.intentforms import SynonymsForm, alternatives
from bot.content.languages import Languages
from bot.errors import Problem
from bot.model import Language
from bot.yamlform import fit
from bot.yamltree import descend

Groups = tuple[tuple[str, ...], ...]


def build(drafts: Drafts, languages: Languages, problems: list[Problem]) -> dict[Language, Groups]:
    """The groups of every file, sorted; what is wrong is added to `problems`."""
    found: dict[Language, set[tuple[str, ...]]] = {}
    for node in drafts.synonyms:
        form = fit(SynonymsForm, node, problems)
        if form is not None:
            kept = languages.keep(form.synonyms, descend(node, ("synonyms",))[1])
            for language, written in kept.items():
                found.setdefault(language, set()).update(map(group_of, written))
    return {language: tuple(sorted(groups)) for language, groups in found.items()}


def group_of(written: str) -> tuple[str, ...]:
    """A group as it is handed on, whatever the order and the spaces in which it is written."""
    return tuple(sorted(set(alternatives(written))))
