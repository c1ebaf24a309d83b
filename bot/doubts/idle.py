"""Rules that never fire: those that forbid what they ask for, and those that fit none of the examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.doubts.doubts import Doubt, Subject
from bot.doubts.firings import Firings
from bot.model import KeywordRule


def contradictory(firings: Firings) -> Iterator[Doubt]:
    """Keyword rules that cannot fire on anything: all that one of their groups asks for is in `none`.

    `cancel` and `cancelled` are one word here as everywhere in matching.
    """
    for intent in firings.intents.values():
        for number, rule in enumerate(intent.keywords.get(firings.language, ())):
            barred = [phrase for group in rule.none for phrase in group]
            for group in rule.all:
                why = [next((no for no in barred if _holds(firings, no, said)), None) for said in group]
                if group and None not in why:
                    subject = Subject(intent.name, "keywords", firings.language, number)
                    yield _contradiction(subject, group[0], why[0] or "")
                    break


def _holds(firings: Firings, phrase: str, said: str) -> bool:
    """Whether a message with `said` in it always has the phrase."""
    return bool(firings.holds(KeywordRule(all=((phrase,),)), said))


def _contradiction(subject: Subject, wanted: str, barred: str) -> Doubt:
    other = "" if wanted == barred else f", which counts as `{wanted}`"
    message = f"this rule of `{subject.intent}` can never fire: its `none` has `{barred}`{other}"
    hint = f"write what must not be there as a phrase, such as `was {barred}`, or take it out of `none`"
    return Doubt(subject, "rule_contradicts", message, hint)


def idle(firings: Firings) -> Iterator[Doubt]:
    """A doubt for every rule that fires on no example of the language."""
    if not firings.examples:
        return
    impossible = {doubt.subject for doubt in contradictory(firings)}
    for firing in firings.rules:
        rule = firing.rule
        if not firing.examples and rule not in impossible:
            why, hint = _why(firings, rule)
            many = f"{len(firings.examples):,} examples"
            message = f"this rule of `{rule.intent}` fires on none of the {many}{why}"
            yield Doubt(rule, "rule_idle", message, hint, sure=False)


def _why(firings: Firings, rule: Subject) -> tuple[str, str]:
    """What keeps a rule from firing, and what to do."""
    add = "add an example that it is for, or remove the rule"
    if rule.kind != "keywords" or rule.intent is None:
        return "", add
    written = firings.intents[rule.intent].keywords[rule.language][rule.number]
    either = tuple(word for group in written.any for word in group)
    groups = [*written.all, either] if either else written.all
    unheard = [group for group in groups if not firings.firing(KeywordRule(all=(group,)))]
    if unheard:
        return f": none has {_or(unheard[0])}", f"check how it is spelt; {add}"
    if _fires_without_none(firings, written):
        return ": a `none` group stops it each time", "make `none` narrower, or remove the rule"
    return ": its words never stand together", add


def _fires_without_none(firings: Firings, rule: KeywordRule) -> bool:
    return bool(rule.none) and bool(firings.firing(KeywordRule(rule.all, rule.any, (), rule.strength)))


def _or(words: Sequence[str]) -> str:
    shown = [f'"{word}"' for word in words[:4]]
    return " or ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
