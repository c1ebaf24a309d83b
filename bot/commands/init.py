"""`frontdesk init`: a new bot project that runs as it is."""

from __future__ import annotations

from pathlib import Path

import click

from bot.content import packs, projects

_FIRST_INTENT = """\
# Your first topic: change it, or copy it to a file of your own. Several intents may stand in one file.
intents:
  gift_wrapping:
    title: {en: Gift wrapping}
    examples:
      en:
        - can you wrap it as a gift
        - do you do gift wrapping
        - i want it wrapped, it's a present
        - how much is gift wrap
        - can i add a greeting card
    keywords:
      en:
        - all: [gift | present, wrap | wrapped | wrapping]
"""

_FIRST_TEMPLATE = """\
# What the bot answers. {name|there} is the customer's name if it is known, else "there".
templates:
  gift_wrapping:
    answers: gift_wrapping
    text:
      en: "Of course, {name|there}! Tick \\"Wrap as a gift\\" in the basket and write your greeting there."
"""


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--pack",
    "chosen",
    multiple=True,
    help="Bundled content to start from; may be given several times. Default: core.",
)
def command(folder: Path, chosen: tuple[str, ...]) -> None:
    """Make a new bot project in DIR, which must be empty or not exist yet."""
    projects.refuse_taken(folder)
    content: dict[Path, str] = {}
    for pack in dict.fromkeys(chosen or ("core",)):
        content |= packs.files(pack)
    content = packs.standing_alone(content)
    if not any("gift_wrapping:" in text for text in content.values()):
        content[Path("intents/gifts.yml")] = _FIRST_INTENT
        content[Path("templates/gifts.yml")] = _FIRST_TEMPLATE
    name = folder.resolve().name.replace("-", " ").replace("_", " ").title()
    projects.write(folder, name, ["en"], content)
    click.echo(f"{folder} is ready: {len(content)} files of content, config.yml and README.md.\n")
    click.echo(f"    frontdesk check {folder}\n    frontdesk run --content {folder}")
