"""Drafts of templates to what the bot says, with all that can be wrong in and between them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.content import wording
from bot.content.drafts import INTENTS, TEMPLATES, Draft, Drafts
from bot.content.intentforms import synonyms
from bot.content.intents import named_well
from bot.content.languages import Languages
from bot.content.templateforms import ButtonForm, QuestionForm, TemplateForm, TestForm
from bot.content.templates import Expectation, Question, Template, TemplateButton, Variant
from bot.errors import Problem
from bot.model import ChannelName, Intent, Language
from bot.yamlform import did_you_mean, fit_parts
from bot.yamltree import Node, descend

MOST_BUTTONS = 6

# The keys of a template that say which slots are filled.
_FILLING = frozenset({"ask", "action", "fills"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What templates are checked against. `teams` is None where any team will do."""

    drafts: Drafts
    intents: Mapping[str, Intent]
    languages: Languages
    channels: tuple[ChannelName, ...]
    teams: Collection[str] | None


def build(around: Surroundings) -> tuple[dict[str, Template], list[Problem]]:
    """Check every draft of a template; what is right is returned, what is wrong is a problem."""
    problems: list[Problem] = []
    templates: dict[str, Template] = {}
    unsettled: set[str] = set()
    for draft in around.drafts.templates.values():
        if not named_well(draft, problems):
            continue
        form, left_out = fit_parts(TemplateForm, draft.node, problems)
        if form is not None:
            templates[draft.name] = _template(draft, form, around.languages)
            problems += _checks(draft, form, around)
            unsettled |= {draft.name} if left_out & _FILLING else set()
    problems += _same_intent(templates, around.drafts)
    known = wording.known_slots(templates.values(), around.intents.values(), around.drafts)
    incomplete = (
        bool(around.drafts.broken) or len(templates) < len(around.drafts.templates) or bool(unsettled)
    )
    for template in templates.values():
        draft = around.drafts.templates[template.name]
        settled = template.name not in unsettled
        seen = wording.Seen(template, draft, known, around.channels, incomplete, settled)
        problems += wording.check(seen)
    problems += _unanswered(templates, around)
    return templates, problems


def _template(draft: Draft, form: TemplateForm, languages: Languages) -> Template:
    def node(*path: str) -> Node:
        return descend(draft.node, path)[1]

    variants = [Variant("", languages.keep(form.text, node("text")), _channels(form.channels, languages))]
    for name, variant in form.variants.items():
        text = languages.keep(variant.text, node("variants", name, "text"))
        variants.append(Variant(name, text, _channels(variant.channels, languages)))
    buttons = {language: tuple(_button(item) for item in items) for language, items in form.buttons.items()}
    return Template(
        name=draft.name,
        answers=form.answers,
        mode=form.mode or ("suggest" if form.risk else "auto"),
        ask=tuple(_question(slot, item, languages, node("ask", slot)) for slot, item in form.ask.items()),
        action=form.action,
        fills=form.fills,
        variants=tuple(variants),
        buttons=languages.keep(buttons, node("buttons")),
        tip=languages.keep(form.tip, node("tip")),
        substantive=form.substantive,
        survey=form.substantive if form.survey is None else form.survey,
        handoff=form.handoff,
        risk=form.risk,
        owner=form.owner,
        review_by=form.review_by or "",
        place=draft.place,
        tests=_tests(form, languages, node("tests")),
    )


def _tests(form: TemplateForm, languages: Languages, node: Node) -> tuple[Expectation, ...]:
    """The tests in languages of this deployment."""
    found = []
    for number, item in enumerate(form.tests):
        test = TestForm(says=item) if isinstance(item, str) else item
        place, written = descend(node, (number,))
        language = test.language or languages.default
        if languages.keep({language: test}, descend(written, ("language",))[1]):
            found.append(
                Expectation(
                    message=test.says or test.never or "",
                    wanted=test.says is not None,
                    language=language,
                    reads=test.reads or "",
                    slots=test.slots,
                    text=test.text or "",
                    place=place,
                )
            )
    return tuple(found)


def _channels(
    channels: Mapping[ChannelName, Mapping[Language, str]], languages: Languages
) -> dict[ChannelName, dict[Language, str]]:
    spoken = languages.configured
    return {
        channel: {language: texts[language] for language in spoken if language in texts}
        for channel, texts in channels.items()
    }


def _question(slot: str, form: QuestionForm, languages: Languages, node: Node) -> Question:
    few = 0 < len(form.values) <= MOST_BUTTONS
    return Question(
        slot=slot,
        question=languages.keep(form.question, descend(node, ("question",))[1]),
        reask=languages.keep(form.reask, descend(node, ("reask",))[1]),
        pattern=form.pattern,
        values=tuple(form.values),
        buttons=few if form.buttons is None else form.buttons and bool(form.values),
        synonyms=synonyms(form.values),
        kind=form.type,
    )


def _button(form: ButtonForm) -> TemplateButton:
    return TemplateButton(form.title, form.intent, form.url, form.value)


def _checks(draft: Draft, form: TemplateForm, around: Surroundings) -> list[Problem]:
    """What one template refers to, and the languages its texts need."""
    problems = _references(draft, form, around)
    languages = around.languages
    texts: list[tuple[tuple[str, ...], Mapping[Language, object]]] = [(("text",), form.text)]
    texts += [(("variants", name, "text"), variant.text) for name, variant in form.variants.items()]
    for slot, question in form.ask.items():
        texts.append((("ask", slot, "question"), question.question))
        if question.reask:
            texts.append((("ask", slot, "reask"), question.reask))
    for path, spoken in texts:
        problems += languages.lacks(spoken, descend(draft.node, path)[0])
    if form.fills and form.action is None:
        place = descend(draft.node, ("fills",))[0]
        hint = "name the `action:` that fills them, or remove `fills`"
        problems.append(place.problem("fills_without_action", "`fills` says what an action fills", hint))
    return problems


def _references(draft: Draft, form: TemplateForm, around: Surroundings) -> list[Problem]:
    problems = []
    wanted: list[tuple[tuple[str | int, ...], str]] = [(("answers",), form.answers)]
    for language, buttons in form.buttons.items():
        for number, button in enumerate(buttons):
            if button.intent is not None:
                wanted.append((("buttons", language, number, "intent"), button.intent))
    for path, intent in wanted:
        if intent not in around.drafts.intents and INTENTS not in around.drafts.broken:
            hint = did_you_mean(intent, around.drafts.intents) or "describe it in a file under intents/"
            message = f"there is no intent `{intent}`"
            problems.append(descend(draft.node, path)[0].problem("unknown_intent", message, hint))
    if form.handoff is not None and around.teams is not None and form.handoff not in around.teams:
        hint = did_you_mean(form.handoff, around.teams) or f"teams: {', '.join(sorted(around.teams))}"
        place = descend(draft.node, ("handoff",))[0]
        message = f"config.yml has no team `{form.handoff}`"
        problems.append(place.problem("unknown_team", message, hint))
    return problems


def _same_intent(templates: Mapping[str, Template], drafts: Drafts) -> list[Problem]:
    problems = []
    first: dict[str, Template] = {}
    for template in templates.values():
        other = first.setdefault(template.answers, template)
        if other is not template:
            place = descend(drafts.templates[template.name].node, ("answers",))[0]
            message = f"`{other.name}` answers `{template.answers}` already, at {other.place}"
            hint = f"make this text one of the `variants:` of `{other.name}`"
            problems.append(place.problem("answered_twice", message, hint))
    return problems


def _unanswered(templates: Mapping[str, Template], around: Surroundings) -> list[Problem]:
    if TEMPLATES in around.drafts.broken:
        return []
    answered = {template.answers for template in templates.values()}
    # A template that could not be read may be the one that answers.
    unread = [draft for name, draft in around.drafts.templates.items() if name not in templates]
    answered |= {getattr(descend(draft.node, ("answers",))[1], "text", "") for draft in unread}
    return [
        around.drafts.intents[intent.name].place.problem(
            "unanswered", f"no template answers `{intent.name}`", "write one under templates/", "warning"
        )
        for intent in around.intents.values()
        if intent.name not in answered and intent.role is None
    ]
