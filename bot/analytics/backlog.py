"""What to write next: unanswered questions put together by what they mean, each with a draft. Pure."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.analytics import drafts
from bot.analytics.clusters import Phrasing, Said, clusters
from bot.analytics.drafts import Draft
from bot.analytics.phrased import Form
from bot.analytics.replies import Reply, common_answer, said_elsewhere, shown
from bot.analytics.threads import Question
from bot.content.snapshot import Content
from bot.errors import NotFound
from bot.model import Language, Millis
from bot.text.masking import masked

_MOST_PHRASINGS = 50
_MOST_CONVERSATIONS = 5
# An id is as good as its beginning, from so many letters on.
_SHORTEST = 4
# The bot has an answer, and lacks only the words, where so many of the conversations got one in the end.
_MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that customers ask and get no answer to, in one language. All texts are masked.

    `conversations` and `messages` count who asked; `answered` of the conversations got a reply of an
    operator in their own words, of which `replies` are some. `intent` is set where it was understood and has
    no template that may be shown. `answered_with` counts the templates that answered it in the end, sent by
    an operator or when the customer tried other words; where they did mostly, `draft` adds examples to that
    intent instead of a new one. `known` says that the content has all its phrasings as examples by now: it
    was asked before they were written, or is out of scope. `seen_in` are some of the conversations, newest
    first.
    """

    id: str
    language: Language
    conversations: int
    messages: int
    typical: str
    phrasings: tuple[Phrasing, ...]
    intent: str
    answered: int
    answered_with: tuple[tuple[str, int], ...]
    replies: tuple[str, ...]
    draft: Draft
    known: bool
    first_at: Millis
    last_at: Millis
    seen_in: tuple[str, ...]
    ids: frozenset[str] = field(repr=False)


def backlog(questions: Sequence[Question], content: Content) -> tuple[Topic, ...]:
    """Every unanswered question in exactly one topic; those asked in the most conversations first.

    What is `known` goes last. The order of the questions does not matter. Takes seconds for 20,000 of them:
    call it in a thread.
    """
    ordered = sorted(questions, key=lambda one: (one.at, one.conversation, one.seq))
    understood: dict[tuple[str, Language], list[Question]] = defaultdict(list)
    others: list[Question] = []
    for one in ordered:
        if one.intent:
            understood[one.intent, one.language].append(one)
        else:
            others.append(one)
    groups = [_of_intent(own) for own in understood.values()]
    said = [Said(one.text, one.language, one.conversation, one.at) for one in others]
    groups += [
        _Group([others[place] for place in one.members], one.id, one.ids, one.typical)
        for one in clusters(said)
    ]
    elsewhere = said_elsewhere([_replies(group.questions) for group in groups])
    languages = {one.language for one in ordered}
    known = {language: drafts.known_examples(content, language) for language in languages}
    around = _Around(content, known, elsewhere)
    topics = [_topic(group, around) for group in groups]
    return tuple(sorted(topics, key=_rank))


def _rank(one: Topic) -> tuple[bool, int, int, Language, str]:
    return one.known, -one.conversations, -one.messages, one.language, one.id


@dataclass(frozen=True, slots=True)
class _Group:
    """Questions that mean the same, oldest first."""

    questions: Sequence[Question]
    id: str
    ids: frozenset[str]
    typical: str


@dataclass(frozen=True, slots=True)
class _Around:
    """The content, its examples by language, and what operators say to all kinds of questions."""

    content: Content
    known: Mapping[Language, Collection[Form]]
    elsewhere: Collection[str]


def topic_with_id(topics: Iterable[Topic], id: str) -> Topic:
    """The topic with this id, its beginning, or an id it had when less was asked. Raises `NotFound`."""
    every = list(topics)
    begins = len(id) >= _SHORTEST
    own = [one for one in every if one.id == id or (begins and one.id.startswith(id))]
    found = own or [
        one for one in every if any(name == id or (begins and name.startswith(id)) for name in one.ids)
    ]
    if not found:
        raise NotFound(f"there is no unanswered question {id}; `frontdesk review` lists them")
    if len(found) > 1:
        raise NotFound(f"{id} begins the ids of {len(found)} unanswered questions; write more of it")
    return found[0]


def _of_intent(questions: Sequence[Question]) -> _Group:
    first = questions[0]
    id = hashlib.sha256(f"{first.language}\0intent\0{first.intent}".encode()).hexdigest()[:10]
    said = [Said(one.text, one.language, "", one.at) for one in questions]
    return _Group(questions, id, frozenset({id}), clusters(said)[0].typical)


def _topic(group: _Group, around: _Around) -> Topic:
    questions = group.questions
    names = tuple({name: None for one in questions for name in one.names if one.text == group.typical})
    typical = masked(group.typical, names)
    phrasings = _phrasings(questions)
    replies = _replies(questions)
    answered_with = _answered_with(questions)
    newest = sorted(questions, key=lambda one: (-one.at, one.conversation))
    conversations = {one.conversation for one in questions}
    draft = _draft(questions, around, typical, phrasings, replies)
    return Topic(
        id=group.id,
        language=questions[0].language,
        conversations=len(conversations),
        messages=len(questions),
        typical=typical,
        phrasings=phrasings[:_MOST_PHRASINGS],
        intent=questions[0].intent,
        answered=len(replies),
        answered_with=answered_with,
        replies=shown(replies),
        draft=draft,
        known=not (draft.examples or questions[0].intent),
        first_at=questions[0].at,
        last_at=newest[0].at,
        seen_in=tuple(dict.fromkeys(one.conversation for one in newest))[:_MOST_CONVERSATIONS],
        ids=group.ids,
    )


def _phrasings(questions: Sequence[Question]) -> tuple[Phrasing, ...]:
    counts = Counter(" ".join(masked(one.text, one.names).split()) for one in questions)
    ordered = sorted(counts, key=lambda text: (-counts[text], len(text), text))
    return tuple(Phrasing(text, counts[text]) for text in ordered)


def _replies(questions: Sequence[Question]) -> list[Reply]:
    """What operators wrote, once for each conversation: to the last of its questions that got a reply."""
    found = {one.conversation: Reply(one.replies, one.names) for one in questions if one.replies}
    return list(found.values())


def _answered_with(questions: Sequence[Question]) -> tuple[tuple[str, int], ...]:
    pairs = {(one.conversation, template) for one in questions for template in one.answered_with}
    counts = Counter(template for _, template in pairs)
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _draft(
    questions: Sequence[Question],
    around: _Around,
    typical: str,
    phrasings: Sequence[Phrasing],
    replies: Sequence[Reply],
) -> Draft:
    content = around.content
    language = questions[0].language
    texts = [one.text for one in phrasings]
    answer = common_answer(replies, language, around.elsewhere)
    intent = questions[0].intent or _known_intent(questions, content, len(replies))
    taken = {*content.intents, *content.templates}
    new = intent or drafts.name(typical, texts, language, taken)
    return Draft(
        intent=new,
        is_new=not intent,
        template=new if new not in content.templates else drafts.name(typical, texts, language, taken),
        language=language,
        examples=drafts.examples(texts, language, around.known[language]),
        text=drafts.written(answer.text) if answer else "",
        agreement=answer.agreement if answer else 0.0,
        replies=answer.replies if answer else 0,
    )


def _known_intent(questions: Sequence[Question], content: Content, replied: int) -> str:
    """The intent whose template answered most of these conversations in the end, if there is such a one."""
    counted = _answered_with(questions)
    if not counted:
        return ""
    template, count = counted[0]
    conversations = len({one.conversation for one in questions})
    known = content.templates.get(template)
    return known.answers if known and count > max(_MOSTLY * conversations, replied) else ""
