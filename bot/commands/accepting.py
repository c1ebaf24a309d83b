"""`frontdesk review accept`: an unanswered question becomes an intent and a template, in YAML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import click

from bot.analytics.accepting import Wish, accept
from bot.analytics.backlog import Topic, backlog, topic_with_id
from bot.analytics.unanswered import unanswered
from bot.commands.project import read
from bot.commands.since import now
from bot.commands.wording import number
from bot.config import Config
from bot.content.additions import FROM_CUSTOMERS, Change, checked, diff
from bot.content.catalog import Loaded
from bot.content.drafts import TEMPLATES
from bot.content.files import read as read_files
from bot.content.saving import save
from bot.content.snapshot import Content
from bot.errors import ContentBroken, NotFound, Problem
from bot.model import Millis


@dataclass(frozen=True, slots=True)
class Place:
    """A project, and how far back its review looks."""

    config: Config
    content: Content
    since: Millis


@click.command("accept")
@click.argument("cluster")
@click.option("--name", default="", metavar="NAME", help="The name of the new intent and template.")
@click.option(
    "--file",
    default=FROM_CUSTOMERS,
    show_default=True,
    metavar="FILE",
    help="The file below intents/ and templates/ to write into.",
)
@click.option("--text", default="", metavar="TEXT", help="The answer, if the drafted one will not do.")
@click.option(
    "--translation",
    "translations",
    nargs=2,
    multiple=True,
    metavar="LANGUAGE TEXT",
    help="The answer in another language; repeatable.",
)
@click.option("--into", default="", metavar="INTENT", help="Give the examples to this intent, and no more.")
@click.option("--dry-run", is_flag=True, help="Print what would change, and change nothing.")
@click.pass_obj
def command(
    place: Place,
    cluster: str,
    name: str,
    file: str,
    text: str,
    translations: Sequence[tuple[str, str]],
    into: str,
    dry_run: bool,
) -> None:
    """Write the draft for the unanswered question CLUSTER into the content.

    CLUSTER is an id that `frontdesk review` shows, or its beginning. The content is checked as by `frontdesk
    check` before anything is written; errors are printed, all at once, and nothing changes.
    """
    config = place.config
    topic = _topic(place, cluster)
    sources, problems = read_files(config.content)
    if any(problem.severity == "error" for problem in problems):
        raise ContentBroken(problems)
    change = accept(topic, sources, Wish(name, file, text, into, dict(translations)))
    if not change.files:
        click.echo("The content has all of these examples already; there is nothing to write.")
        return
    found = _checked(config, change, sources)
    if dry_run:
        click.echo(diff(change), nl=False)
        return
    save(config.content, change)
    for path in change.files:
        click.echo(f"{config.content / path}: {_told(topic, path)}")
    for problem in found:
        if problem.file in change.after and problem.severity == "warning":
            click.echo(str(_from_here(config, problem)), err=True)


def _topic(place: Place, cluster: str) -> Topic:
    """The topic by its id; looked for in the time of the review, then in all of the past."""
    try:
        return topic_with_id(_topics(place, place.since), cluster)
    except NotFound:
        return topic_with_id(_topics(place, 0), cluster)


def _topics(place: Place, since: Millis) -> Sequence[Topic]:
    questions = read(place.config.storage.path, lambda tx: unanswered(tx, place.content, since, now() + 1))
    return backlog(questions, place.content)


def _checked(config: Config, change: Change, sources: Mapping[str, str]) -> list[Problem]:
    """What `frontdesk check` would say; raises `ContentBroken` if there are errors."""
    # Doubts and tests cost more than all the rest of this command.
    from bot.commands.check import found_in

    found: list[Problem] = []

    def more(loaded: Loaded) -> list[Problem]:
        found.extend(found_in(config, loaded))
        return found

    try:
        checked(change, sources, config.languages, config.channels, tuple(config.teams), more)
    except ContentBroken as broken:
        raise ContentBroken([_from_here(config, problem) for problem in broken.problems]) from None
    return found


def _from_here(config: Config, problem: Problem) -> Problem:
    return replace(problem, file=str(config.content / problem.file))


def _told(topic: Topic, path: str) -> str:
    if path.startswith(f"{TEMPLATES}/"):
        return "a new template, to be suggested to operators"
    return f"{number(len(topic.draft.examples), 'example')} of what customers asked"
