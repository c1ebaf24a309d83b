"""A small deployment that starts in a moment: for tests that need a running App and little content."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.app import App, system_clock
from bot.config import Config, load

CONFIG = """
name: Small
languages: [en]
content: .
channels:
  web: {bot_name: Fern, rate: 1000}
teams: {support: {hours: always}}
actions: {module: small_actions, time_limit: 2s}
"""
INTENTS = """
intents:
  hours:
    title: {en: Opening hours}
    examples: {en: [what are your opening hours, when are you open, are you open on sunday]}
    keywords: {en: [opening hours]}
  size:
    title: {en: Order a jumper}
    examples: {en: [I want a jumper, knit me a jumper, order a jumper]}
    keywords: {en: [jumper]}
  weather:
    title: {en: The weather}
    examples: {en: [what is the weather like, will it rain, is it going to snow]}
    keywords: {en: [weather]}
  human:
    title: {en: Talk to a person}
    role: human
    examples: {en: [talk to a person, a human please, let me speak to somebody]}
    keywords: {en: [person | human]}
"""
TEMPLATES = """
templates:
  hours: {answers: hours, text: {en: "We are open from 9 to 5."}}
  size:
    answers: size
    ask: {colour: {question: {en: "Which colour?"}}}
    text: {en: "A {colour} jumper for {name|you}."}
  weather:
    answers: weather
    action: small_weather
    fills: [sky]
    text: {en: "The sky is {sky}."}
"""
ACTIONS = """
import asyncio

class Weather:
    def name(self):
        return "small_weather"

    async def run(self, dispatcher, tracker, domain):
        await asyncio.sleep(0.3)
        return [{"event": "slot", "name": "sky", "value": "blue"}]
"""


def write_project(folder: Path) -> Path:
    """The small project's files."""
    for name, text in {
        "config.yml": CONFIG,
        "intents/small.yml": INTENTS,
        "templates/small.yml": TEMPLATES,
        "small_actions.py": ACTIONS,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip(), "utf-8")
    return folder


def configured(folder: Path, database: Path, **changes: Any) -> Config:
    """The small project's settings with a free port. `web`, `rest`, `server` are maps of what differs."""
    config = load(folder / "config.yml")
    server = {"port": 0, **changes.pop("server", {})}
    parts = {name: replace(getattr(config, name), **values) for name, values in changes.items()}
    storage = replace(config.storage, path=database)
    return replace(config, storage=storage, server=replace(config.server, **server), **parts)


@asynccontextmanager
async def running(config: Config, clock: Callable[[], int] = system_clock) -> AsyncIterator[App]:
    """A started App, stopped at the end."""
    app = App(config, clock=clock)
    await app.start()
    try:
        yield app
    finally:
        await app.stop()
