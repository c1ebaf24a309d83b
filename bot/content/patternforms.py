"""What a spaCy token pattern of an intents file may say; all that is wrong with it, each at its place.

spaCy itself is not asked: the same is right or wrong whether it is installed or not.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema

from bot.content.regexforms import Regex, Strength
from bot.yamlform import Flag, Form, Text, Wrong

# As many tokens as a pattern may want, counting what repeats.
MOST_TOKENS = 100

_OPERATOR = re.compile(r"[!?+*]|\{\d{1,3}\}|\{\d{1,3},\d{0,3}\}|\{,\d{1,3}\}")


def _one_word(value: str) -> str:
    if len(value.split()) > 1:
        tokens = ", ".join(f"{{LOWER: {word}}}" for word in value.split())
        raise Wrong("pattern", f"`{value}` is more than one token", f"write a token for each: {tokens}")
    return value


def _operator(value: str) -> str:
    least, _, most = value.strip("{}").partition(",")
    if not _OPERATOR.fullmatch(value):
        hint = "one of: ! ? + * {2} {2,} {2,3} {,3}"
        raise Wrong("pattern", f"`{value}` is no operator of spaCy's", hint)
    if most and int(most) < int(least or 0):
        raise Wrong("pattern", f"`{value}` wants at most fewer than at least", f"write {{{most},{least}}}")
    if value in {"{0}", "{,0}", "{0,0}"}:
        raise Wrong("pattern", f"`{value}` wants nothing", "remove the token")
    return value


def _not_here(instead: str) -> BeforeValidator:
    """Refuses an attribute that spaCy has and a message has not."""

    def refuse(_: object) -> object:
        raise Wrong(
            "pattern", "this attribute needs a trained language model, which is not used here", instead
        )

    return BeforeValidator(refuse)


def _some(values: tuple[V, ...]) -> tuple[V, ...]:
    if not values:
        raise Wrong("too_short", "at least one is needed here")
    return values


V = TypeVar("V")
Some: TypeAlias = Annotated[tuple[V, ...], AfterValidator(_some)]

ByWords: TypeAlias = Annotated[SkipJsonSchema[Any], _not_here("name the words: LOWER: {IN: [order, orders]}")]
ByOrder: TypeAlias = Annotated[SkipJsonSchema[Any], _not_here("say the order of the tokens, {} for any")]
ByEntity: TypeAlias = Annotated[
    SkipJsonSchema[Any], _not_here("describe it under `entities`, or use LIKE_NUM, LIKE_EMAIL or SHAPE")
]
ByPunctuation: TypeAlias = Annotated[
    SkipJsonSchema[Any], _not_here("ask for the punctuation before it: {IS_PUNCT: true}")
]

Word: TypeAlias = Annotated[Text, AfterValidator(_one_word)]
Operator: TypeAlias = Annotated[str, AfterValidator(_operator), WithJsonSchema({"type": "string"})]


def _test(value: object) -> str:
    return "(map)" if isinstance(value, dict | Form) else "(text)"


class ListForm(Form):
    """A list of words."""

    IN: Some[Word] | None = None
    """One of these."""
    NOT_IN: Some[Word] | None = None
    """None of these."""

    @model_validator(mode="after")
    def _says_something(self) -> ListForm:
        if not self.model_dump(exclude_none=True):
            raise Wrong("pattern", "nothing is asked for here", "write IN: [order, parcel], or a word")
        return self


Fuzzy: TypeAlias = (
    Annotated[Annotated[Word, Tag("(text)")] | Annotated[ListForm, Tag("(map)")], Discriminator(_test)] | None
)


class WordForm(ListForm):
    """What a word must be, where it is not one word."""

    REGEX: Regex | None = None
    """A regular expression (RE2) that is searched in the word."""
    FUZZY: Fuzzy = None
    """A word or words, misspelt as much as their length allows."""
    FUZZY1: Fuzzy = None
    """The same with at most one slip."""
    FUZZY2: Fuzzy = None
    """The same with at most two."""
    FUZZY3: Fuzzy = None
    """The same with at most three."""


class LengthForm(Form):
    """How long a word must be."""

    model_config = ConfigDict(populate_by_name=True)

    IN: Some[int] | None = None
    """One of these."""
    NOT_IN: Some[int] | None = None
    """None of these."""
    EQ: int | None = Field(None, alias="==")
    """As long as this."""
    NEQ: int | None = Field(None, alias="!=")
    """Not as long as this."""
    GEQ: int | None = Field(None, alias=">=")
    """At least as long."""
    LEQ: int | None = Field(None, alias="<=")
    """At most as long."""
    GT: int | None = Field(None, alias=">")
    """Longer."""
    LT: int | None = Field(None, alias="<")
    """Shorter."""


Words: TypeAlias = (
    Annotated[Annotated[Word, Tag("(text)")] | Annotated[WordForm, Tag("(map)")], Discriminator(_test)] | None
)
Length: TypeAlias = (
    Annotated[Annotated[int, Tag("(text)")] | Annotated[LengthForm, Tag("(map)")], Discriminator(_test)]
    | None
)


class TokenForm(Form):
    """One token of a pattern."""

    LOWER: Words = None
    """The word, whatever its capitals and accents."""
    TEXT: Words = None
    """The word, letter for letter."""
    ORTH: Words = None
    """The same."""
    NORM: Words = None
    """The word as spaCy normalises it: `not` for n't."""
    SHAPE: Words = None
    """Its shape: Xxxx for a capital and small letters, dd for two figures."""
    LENGTH: Length = None
    """How many letters it has."""
    SPACY: Flag | None = None
    """Whether a space follows."""
    IS_ALPHA: Flag | None = None
    """Whether it is letters only."""
    IS_ASCII: Flag | None = None
    """Whether it is ASCII only."""
    IS_DIGIT: Flag | None = None
    """Whether it is figures only."""
    IS_LOWER: Flag | None = None
    """Whether it is in lower case."""
    IS_UPPER: Flag | None = None
    """Whether it is in capitals."""
    IS_TITLE: Flag | None = None
    """Whether it begins with a capital."""
    IS_PUNCT: Flag | None = None
    """Whether it is punctuation."""
    IS_SPACE: Flag | None = None
    """Whether it is white space."""
    IS_BRACKET: Flag | None = None
    """Whether it is a bracket."""
    IS_QUOTE: Flag | None = None
    """Whether it is a quotation mark."""
    IS_LEFT_PUNCT: Flag | None = None
    """Whether it opens brackets or quotation marks."""
    IS_RIGHT_PUNCT: Flag | None = None
    """Whether it closes them."""
    IS_CURRENCY: Flag | None = None
    """Whether it is the sign of a currency."""
    IS_STOP: Flag | None = None
    """Whether it is a small word of the language."""
    LIKE_NUM: Flag | None = None
    """Whether it is a number, in figures or as a word."""
    LIKE_URL: Flag | None = None
    """Whether it is a web address."""
    LIKE_EMAIL: Flag | None = None
    """Whether it is an e-mail address."""
    OP: Operator | None = None
    """How often: ! not, ? perhaps, + once or more, * any number of times, {2,3} two or three times."""

    POS: ByWords = None
    TAG: ByWords = None
    MORPH: ByWords = None
    LEMMA: ByWords = None
    DEP: ByOrder = None
    ENT_TYPE: ByEntity = None
    ENT_IOB: ByEntity = None
    ENT_ID: ByEntity = None
    ENT_KB_ID: ByEntity = None
    IS_SENT_START: ByPunctuation = None
    SENT_START: ByPunctuation = None

    def least(self) -> int:
        """How many tokens it wants at least."""
        return {"?": 0, "*": 0}.get(self.OP or "", int(self._counts()[0] or 0))

    def most(self) -> int:
        """How many steps it takes to follow it."""
        least, most = self._counts()
        return int(most) if most else int(least or 0) + 1

    def _counts(self) -> tuple[str, str]:
        if not (self.OP or "").startswith("{"):
            return "1", "1"
        least, comma, most = (self.OP or "").strip("{}").partition(",")
        return least, most if comma else least


def _pattern(tokens: tuple[TokenForm, ...]) -> tuple[TokenForm, ...]:
    if not tokens:
        raise Wrong("pattern", "this pattern has no tokens", "write them like [{LOWER: where}, {LOWER: is}]")
    asks = [token for token in tokens if token.model_dump(exclude={"OP"}, exclude_none=True)]
    if not any(token.least() and token.OP != "!" for token in asks):
        hint = "say what one token must be, without ? * or ! as its OP"
        raise Wrong("pattern", "this pattern fits nearly everything", hint)
    if sum(token.most() for token in tokens) > MOST_TOKENS:
        hint = f"a pattern has up to {MOST_TOKENS} tokens; use * for any number"
        raise Wrong("pattern", "this pattern wants too many tokens", hint)
    return tokens


Tokens: TypeAlias = Annotated[tuple[TokenForm, ...], AfterValidator(_pattern)]


class PatternForm(Form):
    """A pattern with its strength."""

    pattern: Tokens
    """The tokens in their order."""
    strength: Strength = 0.9
    """How sure the bot is when it fits, 0 to 1."""


def _list_of_tokens(value: object) -> object:
    if isinstance(value, str):
        hint = "write it like [{LOWER: where}, {LOWER: is}]; for plain words there are `keywords`"
        raise Wrong("pattern", "a pattern is a list of tokens", hint)
    if isinstance(value, dict) and value and all(str(key).isupper() for key in value):
        hint = "put its tokens in brackets of their own: - [{LOWER: where}, {LOWER: is}]"
        raise Wrong("pattern", "this is a token; a pattern is a list of tokens", hint)
    return value


def _kind(value: object) -> str:
    return "(map)" if isinstance(value, dict | Form) else "(list)"


Pattern: TypeAlias = Annotated[
    Annotated[Tokens, Tag("(list)")] | Annotated[PatternForm, Tag("(map)")],
    Discriminator(_kind),
    BeforeValidator(_list_of_tokens),
]
