"""What config.yml may say under `lifecycle`: who decides, and how good is good enough."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, model_validator

from bot.bars import Bars
from bot.yamlform import Form, Wrong

_DEFAULTS = Bars()

Decides: TypeAlias = Literal["person", "automatic"]
Rate: TypeAlias = Annotated[float, Field(gt=0, lt=1)]


class LifecycleForm(Form):
    """How templates earn the right to answer alone. See docs/lifecycle.md."""

    decides: Decides = "person"
    """Who decides what the evidence permits: a person, or the system where no risk forbids it."""
    bar: Rate = _DEFAULTS.bar
    """The share of answers that must help: who is promoted is better than this."""
    design: Rate = _DEFAULTS.design
    """The share of answers that helps with a good template; the test is quickest for those."""
    error: Rate = _DEFAULTS.error
    """The share of templates no better than the bar that may ever be promoted."""
    healthy: Rate = _DEFAULTS.healthy
    """A template that helps this often is hardly ever taken back by mistake."""
    failing: Rate = _DEFAULTS.failing
    """A fall to this share of answers that help is noticed fastest."""
    bar_if_unhappy_leave: Rate = _DEFAULTS.bar_if_unhappy_leave
    """What must help even if every customer who said nothing was unhappy."""
    most_abandoned: Rate = _DEFAULTS.most_abandoned
    """With more customers than this share leaving in the middle, nothing is promoted."""
    usual_from: Annotated[int, Field(ge=1)] = _DEFAULTS.usual_from
    """How many answers of other templates must be known before silence is believed to be usual."""
    trial_share: Rate = _DEFAULTS.trial_share
    """The share of its conversations that a template in trial answers alone."""
    variant_floor: Rate = _DEFAULTS.variant_floor
    """The least share of the traffic for each variant."""

    @model_validator(mode="after")
    def _in_order(self) -> LifecycleForm:
        if not self.bar_if_unhappy_leave <= self.bar < self.design:
            message = "`bar_if_unhappy_leave`, `bar` and `design` are not in order"
            raise Wrong("lifecycle", message, "each must be above the one before it")
        if not self.failing < self.healthy or self.bar > self.healthy:
            raise Wrong(
                "lifecycle", "`healthy` is too low", "it must be above `failing`, and not below `bar`"
            )
        return self

    @property
    def bars(self) -> Bars:
        """The numbers that templates are judged by."""
        return Bars(**self.model_dump(exclude={"decides"}))


def _by_word(value: object) -> object:
    return {"decides": value} if isinstance(value, str) else value


# `lifecycle: automatic` is short for a map that says only this.
Lifecycle: TypeAlias = Annotated[
    LifecycleForm, BeforeValidator(_by_word, json_schema_input_type=Decides | LifecycleForm)
]
