"""What the files under templates/ may say."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, Discriminator, Field, Tag, WithJsonSchema, model_validator

from bot.configvalues import Date
from bot.content.intentforms import Name, SlotName, Values, kind_of
from bot.content.phrases import names
from bot.content.regexforms import Regex
from bot.model import CHANNEL_TEXT_LIMITS, EntityKind, Mode
from bot.yamlform import BY_LANGUAGE, NULL, Flag, Form, Lang, Text, Texts, Wrong, did_you_mean

_SCHEMES = ("https://", "http://", "mailto:", "tel:")


def _channel(value: str) -> str:
    if value not in CHANNEL_TEXT_LIMITS:
        known = tuple(CHANNEL_TEXT_LIMITS)
        hint = did_you_mean(value, known) or f"channels: {', '.join(known)}"
        raise Wrong("unknown_channel", f"there is no channel `{value}`", hint)
    return value


def _url(value: str) -> str:
    if not value.startswith(_SCHEMES):
        hint = f"write it in full, like https://{value.lstrip('/')}"
        raise Wrong("url", f"`{value}` is not a web address", hint)
    return value


Channel: TypeAlias = Annotated[str, AfterValidator(_channel)]
PhraseName: TypeAlias = Annotated[str, WithJsonSchema({"type": "string", "enum": list(names())})]


class QuestionForm(Form):
    """One slot to fill before the answer."""

    question: Texts
    """What the bot asks, per language."""
    reask: Texts | None = None
    """What it asks when the reply does not fit."""
    type: EntityKind | None = None
    """What the reply must be: a number, an amount of money, a date, an e-mail address, a phone number."""
    pattern: Regex | None = None
    """A regular expression (RE2, ignoring case) that the reply must fit."""
    values: Values = ()
    """All replies that are possible: a list, or a map from each to other words for it."""
    buttons: Flag | None = None
    """Whether the values are shown as buttons; default: up to six are."""

    @model_validator(mode="after")
    def _one_check(self) -> QuestionForm:
        if (self.type is not None) + (self.pattern is not None) + bool(self.values) > 1:
            raise Wrong("question", "a question has one of type, pattern and values at most", "keep one")
        return self


class ButtonForm(Form):
    """A quick reply under an answer."""

    title: Text
    """What the button says."""
    intent: Name | None = None
    """The intent it leads to."""
    url: Annotated[Text, AfterValidator(_url)] | None = None
    """The page it opens."""
    value: Text | None = None
    """The message it sends."""

    @model_validator(mode="after")
    def _one_target(self) -> ButtonForm:
        if sum(target is not None for target in (self.intent, self.url, self.value)) != 1:
            raise Wrong("button", "a button leads to exactly one of intent, url and value", "keep one")
        return self


class VariantForm(Form):
    """Another wording of the answer; the wordings compete on how many conversations close."""

    text: Texts
    """The wording, per language."""
    channels: dict[Channel, Texts] = Field(default_factory=dict)
    """Other wordings for single channels."""


class TestForm(Form):
    """A message, and what `frontdesk check` makes sure of about it."""

    says: Text | None = None
    """A message that must surely get this template."""
    never: Text | None = None
    """A message that must not get it."""
    language: Lang | None = None
    """The language of the message; default: the first of config.yml."""
    reads: Text | None = None
    """How the bot must read it, slips put right."""
    slots: dict[SlotName, Text] = Field(default_factory=dict)
    """What is known before the message, and what an action fills."""
    text: Text | None = None
    """What the answer must say; a part of it is enough."""

    @model_validator(mode="after")
    def _one_message(self) -> TestForm:
        if (self.says is None) == (self.never is None):
            raise Wrong(
                "test", "a test has exactly one of says and never", "write `- says: where is my order`"
            )
        if self.never is not None and (self.text is not None or self.slots):
            raise Wrong(
                "test", "a message that never gets this template has no text", "remove text and slots"
            )
        return self


Test: TypeAlias = Annotated[
    Annotated[Text, Tag("(text)")] | Annotated[TestForm, Tag("(map)")], Discriminator(kind_of)
]


class TemplateForm(Form):
    """What we answer to an intent."""

    answers: Name
    """The intent that this answers."""
    mode: Mode | None = None
    """Where it starts: suggested to operators (suggest; the default with a risk), answering alone (auto)."""
    ask: dict[SlotName, QuestionForm] = Field(default_factory=dict)
    """Slots to fill first, in this order."""
    action: Text | None = None
    """The action that looks up what the text needs."""
    fills: tuple[SlotName, ...] = ()
    """The slots that the action fills."""
    text: Texts
    """The answer, per language; {slot} and {slot|fallback} are replaced."""
    channels: dict[Channel, Texts] = Field(default_factory=dict)
    """Other texts for single channels."""
    variants: dict[Name, VariantForm] = Field(default_factory=dict)
    """Other wordings by name; they compete on outcome."""
    buttons: Annotated[dict[Lang, tuple[ButtonForm, ...]], BY_LANGUAGE] = Field(default_factory=dict)
    """Quick replies under the answer, per language."""
    tip: Texts | None = None
    """Something useful beside the answer."""
    substantive: Flag = True
    """Whether this answers a question; greetings and menus do not."""
    survey: Flag | None = None
    """Whether the customer is asked if it helped; default: if it is substantive."""
    handoff: Name | None = None
    """The team that gets the conversation after the text."""
    risk: Literal["money", "identity", "health"] | None = None
    """What is at stake; such templates answer alone only if a person says so."""
    owner: Text = ""
    """Who keeps this text right."""
    review_by: Annotated[Date | None, NULL] = None
    """The day by which the owner looks at it again."""
    tests: tuple[Test, ...] = ()
    """Messages that must get this template, or must not; `frontdesk check` tries them."""


class TemplatesFile(Form):
    """A file under templates/: what we answer."""

    version: Text | None = None
    """Ignored; Rasa's files have it."""
    templates: dict[Name, TemplateForm] = Field(default_factory=dict)
    """What we answer, by name."""
    phrases: dict[PhraseName, Texts] = Field(default_factory=dict)
    """The bot's own sentences, where they should differ from the bundled ones."""
    responses: dict[str, Any] = Field(default_factory=dict)
    """Responses in Rasa's form."""


class PhraseForm(Form):
    """One of the bot's own sentences; a form of its own so that each is checked alone."""

    texts: Texts
