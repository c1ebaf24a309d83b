"""Changes of content that the program writes for people: answers, examples, texts. Pure.

A change says what the files held and what they will hold. `checked` holds it against everything that
`frontdesk check` knows before anything is written; `bot/content/saving.py` writes it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from bot.content import splicing
from bot.content.catalog import Loaded, load_sources
from bot.content.drafts import INTENTS, TEMPLATES
from bot.content.files import ENDINGS
from bot.content.yamlvalues import Value
from bot.errors import BadRequest, Conflict, ContentBroken, NotFound, Problem
from bot.model import ChannelName, Language, Mode

# Where new answers go if nobody names a file.
FROM_CUSTOMERS = "from_customers.yml"
_FILE = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*")
_EDITOR_LINE = "# yaml-language-server:"

MoreChecks = Callable[[Loaded], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Change:
    """Files by path below the content folder: their text before (None: there was no such file) and after."""

    before: Mapping[str, str | None]
    after: Mapping[str, str]

    @property
    def files(self) -> tuple[str, ...]:
        """In an order in which each file can be written before the next: intents before their templates."""
        return tuple(sorted(self.after))


@dataclass(frozen=True, slots=True)
class Answer:
    """A new template with its text, and the intent that it answers, which is new or gets more examples.

    `translations` are the same text in other languages; the content's default language must have one.
    """

    intent: str
    template: str
    language: Language
    examples: tuple[str, ...]
    text: str
    mode: Mode = "suggest"
    translations: Mapping[Language, str] = field(default_factory=dict)


def add_answer(sources: Mapping[str, str], answer: Answer, file: str = FROM_CUSTOMERS) -> Change:
    """The change that adds an answer to intents/FILE and templates/FILE; either may be new.

    Where the intent is there already, it gets the examples, in its own file. Raises `BadRequest` for a path
    that is none, `Conflict` if the template is there already, `CannotEdit` if a file is not written as it
    must be.
    """
    name = _file(file)
    if _holding(sources, TEMPLATES, answer.template):
        raise Conflict(f"there is a template `{answer.template}` already; choose another name")
    if not answer.text.strip():
        raise BadRequest(f"the template `{answer.template}` has no text; write one")
    known = _holding(sources, INTENTS, answer.intent)
    change = _more_examples(sources, known, answer) if known else _new_intent(sources, answer, name)
    template: Value = {
        "answers": answer.intent,
        "mode": answer.mode,
        "text": {answer.language: answer.text, **answer.translations},
    }
    path = f"{TEMPLATES}/{name}"
    text = splicing.with_entry(_text(sources, path), [TEMPLATES], answer.template, template)
    return Change({**change.before, path: sources.get(path)}, {**change.after, path: text})


def add_examples(
    sources: Mapping[str, str], intent: str, language: Language, examples: Sequence[str]
) -> Change:
    """The change that gives an intent more examples. Raises `NotFound` if no file has the intent."""
    path = _holding(sources, INTENTS, intent)
    if not path:
        raise NotFound(f"there is no intent `{intent}`")
    return _more_examples(sources, path, Answer(intent, "", language, tuple(examples), ""))


def remove_examples(
    sources: Mapping[str, str], intent: str, language: Language, examples: Sequence[str]
) -> Change:
    """The change that takes examples away from an intent.

    Raises `NotFound` if no file has the intent, `Conflict` if it has not all of them, `CannotEdit` if none
    would be left or the file is not written as it must be.
    """
    path = _holding(sources, INTENTS, intent)
    if not path:
        raise NotFound(f"there is no intent `{intent}`")
    place = [INTENTS, intent, "examples", language]
    have = _written(sources[path], place)
    for one in examples:
        if one not in have:
            raise Conflict(f"“{one}” is no example of `{intent}` in the files (any more)")
    if not examples:
        return Change({}, {})
    written = [one for read in examples for one in have[read]]
    return Change({path: sources[path]}, {path: splicing.without_items(sources[path], place, written)})


def set_text(
    sources: Mapping[str, str],
    template: str,
    language: Language,
    text: str,
    *,
    variant: str = "",
    channel: ChannelName = "",
) -> Change:
    """The change of one text of a template, which may be new in this language, for a channel or of a variant.

    Raises `NotFound` if no file has the template, `CannotEdit` if it is not written as it must be, as Rasa's
    are.
    """
    path, place = _place(sources, template, variant, channel)
    old = sources[path]
    if splicing.value_at(old, [*place, language]) is None:
        edited = splicing.with_entry(old, place, language, text)
    else:
        edited = splicing.with_text(old, [*place, language], text)
    return Change({path: old}, {path: edited})


def text_of(
    sources: Mapping[str, str],
    template: str,
    language: Language,
    *,
    variant: str = "",
    channel: ChannelName = "",
) -> str:
    """One text of a template as the bot reads it, empty where there is none. Raises as `set_text`."""
    path, place = _place(sources, template, variant, channel)
    found = splicing.value_at(sources[path], [*place, language])
    return found.strip() if isinstance(found, str) else ""


def _place(
    sources: Mapping[str, str], template: str, variant: str, channel: ChannelName
) -> tuple[str, list[str]]:
    """The file of a template's texts, and the way to them in it. Raises `NotFound`."""
    path = _holding(sources, TEMPLATES, template)
    if not path:
        raise NotFound(f"there is no template `{template}`")
    place = [TEMPLATES, template, *(["variants", variant] if variant else [])]
    return path, [*place, *(["channels", channel] if channel else ["text"])]


def checked(
    change: Change,
    sources: Mapping[str, str],
    languages: Sequence[Language],
    channels: Sequence[ChannelName],
    teams: Collection[str] | None = None,
    more: MoreChecks | None = None,
) -> Loaded:
    """The content as it will be. Raises `ContentBroken` with every error, of `more` checks too.

    The files are checked as they will be after each of them is written, so that a crash in between leaves
    content that is as good as before.
    """
    texts = dict(sources)
    loaded = None
    for file in change.files:
        texts[file] = change.after[file]
        loaded = load_sources(texts, languages, channels, teams)
        if loaded.content is None:
            break
    if loaded is None:
        return load_sources(sources, languages, channels, teams)
    if loaded.content is None:
        # The last files may add errors of their own: all at once.
        loaded = load_sources({**sources, **change.after}, languages, channels, teams)
    errors = list(loaded.errors)
    if loaded.content is not None and more is not None:
        errors += [problem for problem in more(loaded) if problem.severity == "error"]
    if errors or loaded.content is None:
        raise ContentBroken(errors)
    return loaded


def diff(change: Change) -> str:
    """What changes, as a unified diff."""
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for file in change.files
        for line in difflib.unified_diff(
            (change.before[file] or "").splitlines(keepends=True),
            change.after[file].splitlines(keepends=True),
            f"a/{file}" if change.before[file] is not None else "/dev/null",
            f"b/{file}",
        )
    )


def _new_intent(sources: Mapping[str, str], answer: Answer, name: str) -> Change:
    path = f"{INTENTS}/{name}"
    if not answer.examples:
        raise BadRequest(f"the intent `{answer.intent}` has no examples; nothing would lead to it")
    value = {"examples": {answer.language: list(dict.fromkeys(answer.examples))}}
    text = splicing.with_entry(_text(sources, path), [INTENTS], answer.intent, value)
    return Change({path: sources.get(path)}, {path: text})


def _more_examples(sources: Mapping[str, str], path: str, answer: Answer) -> Change:
    old = sources[path]
    place = [INTENTS, answer.intent, "examples"]
    have = _written(old, [*place, answer.language])
    new = [one for one in dict.fromkeys(answer.examples) if one not in have]
    if not new:
        return Change({}, {})
    if splicing.value_at(old, [*place, answer.language]) is None:
        text = splicing.with_entry(old, place, answer.language, new)
    else:
        text = splicing.with_items(old, [*place, answer.language], new)
    return Change({path: old}, {path: text})


def _written(text: str, place: Sequence[str]) -> Mapping[str, list[str]]:
    """The texts of a list as the bot reads them, without spaces around, each with how it is written there."""
    listed = splicing.value_at(text, place)
    found: dict[str, list[str]] = {}
    for one in listed if isinstance(listed, list) else []:
        if isinstance(one, str):
            found.setdefault(one.strip(), []).append(one)
    return found


def _holding(sources: Mapping[str, str], kind: str, name: str) -> str:
    """The file that has an intent or a template of this name, or empty."""
    for path, text in sorted(sources.items()):
        inside = path.startswith(f"{kind}/") and name in text
        if inside and splicing.value_at(text, [kind, name]) is not None:
            return path
    return ""


def _file(name: str) -> str:
    """A path below intents/ and templates/, with its ending. Raises `BadRequest`."""
    written = name if PurePosixPath(name).suffix in ENDINGS else f"{name}.yml"
    if not _FILE.fullmatch(written) or ".." in written:
        raise BadRequest(f"{name!r} is no file of content; write it like `orders` or `retail/orders.yml`")
    return written


def _text(sources: Mapping[str, str], path: str) -> str:
    """The text of a file; for a new one the line that names its schema, if those beside it have one."""
    if path in sources:
        return sources[path]
    folder = PurePosixPath(path).parent
    beside = (text for file, text in sorted(sources.items()) if PurePosixPath(file).parent == folder)
    first = next(beside, "").split("\n", 1)[0]
    return f"{first.rstrip()}\n" if first.startswith(_EDITOR_LINE) else ""
