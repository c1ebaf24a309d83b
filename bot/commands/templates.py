"""`frontdesk templates`: which mode each template is in and why; and a person's word that moves one."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

import click
from rich import box
from rich.console import Console
from rich.table import Table

from bot.accounts.operators import ROLES
from bot.commands.project import about_a_project, within
from bot.commands.promoting import promotions_of
from bot.config import Config
from bot.content.catalog import load
from bot.content.snapshot import Content
from bot.errors import Conflict, ContentBroken, NotFound
from bot.model import Mode
from bot.promotion.promotions import Promotions
from bot.promotion.status import Status
from bot.templates.evidence import tally
from bot.templates.findings import summary
from bot.templates.history import moment

T = TypeVar("T")

_WAY_UP: tuple[Mode, ...] = ("draft", "suggest", "trial", "auto")
# Where the output is no terminal and COLUMNS says nothing, so many characters.
_WIDTH = 140
# What fits less wide terminals.
_NARROW = 120
_LEAST = {"starts": 7, "mode": 7, "alone": 5}


@dataclass(frozen=True, slots=True)
class Place:
    """The project that the commands are about."""

    config: Config
    content: Content

    def with_promotions(self, work: Callable[[Promotions], Awaitable[T]]) -> T:
        """Run `work`; a database that is not there yet is made."""
        config, content = self.config, self.content
        return within(
            config.storage.path,
            lambda database: work(promotions_of(config, content, database)),
            make=True,
        )


@click.group(invoke_without_command=True)
@about_a_project
@click.option("--json", "as_json", is_flag=True, help="As one JSON list.")
@click.pass_context
def command(context: click.Context, config: Config, as_json: bool) -> None:
    """Every template: where its file lets it start, the mode in force, why, and what is proposed."""
    loaded = load(config.content, config.languages, config.channels, None, tuple(config.teams))
    if loaded.content is None:
        raise ContentBroken(loaded.errors)
    context.obj = Place(config, loaded.content)
    if context.invoked_subcommand is None:
        statuses = context.obj.with_promotions(Promotions.overview)
        if as_json:
            click.echo(json.dumps([_as_json(one) for one in statuses], ensure_ascii=False, indent=2))
        else:
            _print_all(statuses)


@command.command()
@click.argument("template")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.pass_obj
def show(place: Place, template: str, as_json: bool) -> None:
    """All about one TEMPLATE: its evidence, its variants, and every change of its mode."""
    status = _find(place.with_promotions(Promotions.overview), template)
    if as_json:
        click.echo(json.dumps(_as_json(status), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_about(status)))


def _moving(name: str, text: str, to: Callable[[Status], Mode]) -> None:
    """A command that asks for another mode."""

    @command.command(name, help=text)
    @click.argument("template")
    @click.option("--by", required=True, metavar="NAME", help="Who decides; it is kept.")
    @click.option("--reason", default="", help="Why, in a sentence; it is kept.")
    @click.pass_obj
    def move(place: Place, template: str, by: str, reason: str) -> None:
        async def work(promotions: Promotions) -> tuple[Status, Status]:
            before = _find(await promotions.overview(), template)
            # Who may use the command line here may read and write the database, too.
            verdict = await promotions.change(template, to(before), by, frozenset(ROLES), reason)
            if not verdict.allowed:
                raise Conflict(f"{template} stays in {before.mode}: {verdict.sentence}")
            return before, _find(promotions.statuses, template)

        before, after = place.with_promotions(work)
        click.echo(f"{template} was {before.mode} and is now {after.mode}. {after.why}")


def _next_up(status: Status) -> Mode:
    mode = status.standing.mode
    if mode not in _WAY_UP[:-1]:
        raise Conflict(f"{status.template} is {mode}; there is nothing to promote it to")
    return _WAY_UP[_WAY_UP.index(mode) + 1]


_moving("promote", "Give TEMPLATE the next mode: draft, suggest, trial, auto.", _next_up)
_moving("demote", "Put TEMPLATE back to suggest: operators see it, customers do not.", lambda _: "suggest")
_moving("retire", "Use TEMPLATE no more.", lambda _: "retired")
_moving("revive", "Make a draft of a retired TEMPLATE again.", lambda _: "draft")


def _find(statuses: Sequence[Status], name: str) -> Status:
    found = next((status for status in statuses if status.template == name), None)
    if found is None:
        raise NotFound(f"there is no template `{name}`; `frontdesk templates` lists them")
    return found


def _print_all(statuses: Sequence[Status]) -> None:
    console = Console(highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=max(console.width, _WIDTH))
    console.print(listed(statuses, narrow=console.width < _NARROW))
    for one in statuses:
        if one.proposal and one.proposal.acts:
            console.print(
                f"To be taken to {one.proposal.to} at the bot's next look: {one.template}.", end=" "
            )
            console.print(one.proposal.sentence)
        elif one.proposal:
            to, why = one.proposal.to, one.proposal.sentence
            way = "promote" if one.proposal.to in ("trial", "auto") else "demote"
            console.print(f"Proposed: {one.template} to {to}. {why}")
            console.print(f"  frontdesk templates {way} {one.template} --by NAME", style="dim")
        elif one.taken_back:
            console.print(f"Taken back: {one.template}. {one.why}")


def listed(statuses: Sequence[Status], *, narrow: bool) -> Table:
    """One row for each template; narrow, a few words shorter and with its lines broken."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    names = ["template", "starts", "mode", "answers alone", "since", "evidence"]
    if narrow:
        names = ["template", "starts", "mode", "alone", "evidence"]
    for name in names:
        table.add_column(
            name, no_wrap=not narrow and name != "evidence", overflow="fold", min_width=_LEAST.get(name)
        )
    for one in statuses:
        since = moment(one.since)[:10] if one.since is not None else "–"
        known = summary(one.tally) if one.tally.eligible else "–"
        cells = [one.template, one.start, _mode(one), f"{one.standing.share:.0%}", since, known]
        table.add_row(*(cells[:4] + cells[5:] if narrow else cells))
    return table


def _mode(status: Status) -> str:
    return f"{status.mode} (edited)" if status.edited else status.mode


def _about(status: Status) -> list[str]:
    evidence, use = status.evidence, status.evidence.operators
    started = f"Its file lets it start as {status.start}; it is {_mode(status)}"
    lines = [
        f"Template {status.template}",
        f"{started}, and answers {status.standing.share:.0%} of its conversations alone.",
        f"In trial: {summary(tally(evidence.trial))}.",
        f"In auto: {summary(tally(evidence.auto))}.",
        f"Operators: {use.as_suggested} sent as suggested ({use.came_back} came back), {use.edited} edited, "
        f"{use.ignored} ignored.",
    ]
    if status.risk:
        lines.append(f"It is about {status.risk}: only a lead or admin lets it answer alone.")
    for variant in status.variants:
        rate = f"helped in {variant.counts.helped} of {variant.counts.of}"
        why = f"; {variant.lost}" if variant.lost else ""
        lines.append(f"Variant {variant.name or '(text)'}: {variant.share:.0%} of the traffic, {rate}{why}")
    for change in status.history:
        moved = f"{change.before} to {change.mode} by rule {change.rule}, {change.by}"
        lines.append(f"{moment(change.at)}: {moved}. {change.sentence}")
    if status.proposal:
        lines.append(f"Proposed: {status.proposal.to}. {status.proposal.sentence}")
    return lines


def _as_json(status: Status) -> dict[str, Any]:
    return {
        "template": status.template,
        "start": status.start,
        "mode": status.mode,
        "edited": status.edited,
        "acts_as": status.standing.mode,
        "share": status.standing.share,
        "since": status.since,
        "why": status.why,
        "by": status.actor,
        "risk": status.risk,
        "owner": status.owner,
        "review_by": status.review_by,
        "outcomes": dict(status.tally.outcomes),
        "operators": asdict(status.evidence.operators),
        "variants": [asdict(one) for one in status.variants],
        "proposal": None
        if status.proposal is None
        else {"to": status.proposal.to, "rule": status.proposal.rule, "sentence": status.proposal.sentence},
        "history": [asdict(one) for one in status.history],
    }
