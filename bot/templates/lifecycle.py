"""A template's way to answering alone, and back: `draft → suggest → trial → auto → retired`. Pure.

The arrows stand in one table, `ARROWS`, each with the number of its rule in docs/lifecycle.md. The system
proposes what the evidence permits, and acts alone where a template is clearly failing; people ask for an
arrow and are told whether they may.

Evidence is of the revisions in force, since the last time the template was taken back, oldest first, and only
of answers whose outcome has settled (the channel's hours of silence are over): a customer who is still
reading has not said yes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.accounts.operators import Role
from bot.bars import Bars
from bot.model import Mode
from bot.templates.findings import (
    NO_EVIDENCE,
    Evidence,
    Finding,
    failing,
    futile,
    ready_for_auto,
    ready_for_trial,
)
from bot.templates.standings import standing

EDITING: frozenset[Role] = frozenset({"editor", "lead", "admin"})
LEADING: frozenset[Role] = frozenset({"lead", "admin"})
NOBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Arrow:
    """One way from a mode to another, by the rule of that number in docs/lifecycle.md.

    `roles` may take it or confirm it. With `shown` the evidence must show something first, and the system
    proposes it; `at_once` means that the system does not wait for anybody. `upward` arrows give the bot
    more to say, which is what risk forbids.
    """

    rule: int
    before: tuple[Mode, ...]
    to: Mode
    roles: frozenset[Role]
    shown: Callable[[Evidence, Bars], Finding] | None = None
    at_once: bool = False
    upward: bool = False


ARROWS: tuple[Arrow, ...] = (
    Arrow(1, ("draft",), "suggest", EDITING),
    Arrow(2, ("suggest",), "trial", EDITING, shown=ready_for_trial, upward=True),
    Arrow(3, ("suggest",), "trial", LEADING, upward=True),
    Arrow(4, ("trial",), "auto", EDITING, shown=ready_for_auto, upward=True),
    Arrow(5, ("trial",), "suggest", NOBODY, shown=failing, at_once=True),
    Arrow(6, ("auto",), "suggest", NOBODY, shown=failing, at_once=True),
    Arrow(7, ("trial",), "suggest", EDITING, shown=futile),
    Arrow(8, ("trial", "auto"), "suggest", EDITING),
    Arrow(9, ("draft", "suggest", "trial", "auto"), "retired", EDITING),
    Arrow(10, ("retired",), "draft", EDITING),
)


@dataclass(frozen=True, slots=True)
class Situation:
    """A template as it is now. `mode` is the one in force, which the database has.

    `edited` means that an `auto` template has a revision that has not earned it. `automatic` is what
    config.yml says under `lifecycle`.
    """

    mode: Mode
    evidence: Evidence = NO_EVIDENCE
    risk: str | None = None
    edited: bool = False
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the system proposes, or does itself if it `acts`; `roles` may confirm it."""

    to: Mode
    rule: int
    sentence: str
    acts: bool
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person who asked for another mode is told; `rule` is the one that decided, 0 if none did."""

    allowed: bool
    rule: int
    sentence: str


def propose(now: Situation, bars: Bars) -> Proposal | None:
    """What the evidence says should happen to the template; None when it should stay as it is.

    Taking back comes before giving more.
    """
    proposing = [arrow for arrow in _arrows_from(now, bars) if arrow.shown]
    for arrow in sorted(proposing, key=lambda arrow: arrow.upward):
        finding = arrow.shown(now.evidence, bars) if arrow.shown else None
        if finding and finding.met:
            return _proposal(arrow, finding.sentence, now)
    return None


def _proposal(arrow: Arrow, sentence: str, now: Situation) -> Proposal:
    """Rules 11 and 13: who decides, and whether anybody has to."""
    if arrow.upward and now.risk:
        about = f"{sentence} It is about {now.risk}: a lead decides."
        return Proposal(arrow.to, arrow.rule, about, acts=False, roles=LEADING)
    return Proposal(arrow.to, arrow.rule, sentence, arrow.at_once or now.automatic, arrow.roles)


def ask(now: Situation, to: Mode, roles: frozenset[Role], bars: Bars) -> Verdict:
    """Whether a person with these roles may put the template into the mode `to`, and why."""
    arrows = [arrow for arrow in _arrows_from(now, bars) if arrow.to == to and arrow.roles]
    answers = [_answer(arrow, now, roles, bars) for arrow in arrows]
    refusal = Verdict(False, 0, f"There is no way from {now.mode} to {to}.")
    return next((one for one in answers if one.allowed), answers[0] if answers else refusal)


def _answer(arrow: Arrow, now: Situation, roles: frozenset[Role], bars: Bars) -> Verdict:
    allowed = arrow.roles & LEADING if arrow.upward and now.risk else arrow.roles
    if allowed.isdisjoint(roles):
        who = " or ".join(sorted(allowed))
        about = f"The template is about {now.risk}: only" if allowed < arrow.roles else "Only"
        return Verdict(False, arrow.rule, f"{about} {who} may do that.")
    if arrow.shown is None:
        return Verdict(True, arrow.rule, f"By the word of a person, from {now.mode} to {arrow.to}.")
    finding = arrow.shown(now.evidence, bars)
    return Verdict(finding.met, arrow.rule, finding.sentence)


def _arrows_from(now: Situation, bars: Bars) -> Iterator[Arrow]:
    mode = standing(now.mode, now.edited, bars).mode
    return (arrow for arrow in ARROWS if mode in arrow.before)
