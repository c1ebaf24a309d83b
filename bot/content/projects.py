"""New project folders: settings, content, schemas for the editor, and what a person reads first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.config import FILE_NAME
from bot.content import schemas
from bot.errors import Conflict
from bot.model import Language

CONTENT = "data"

_CONFIG = """\
# The settings of this bot. Every setting has a default; this file holds those that you are likely to change.
name: {name}
languages: {languages}
content: {content}

server:
  host: 127.0.0.1        # 0.0.0.0 listens on every address of the machine
  port: 8080
  public_url: null       # how customers reach it through a proxy: https://chat.example.com

storage:
  path: var/frontdesk.sqlite3

channels:
  web:
    bot_name: {name}
    allowed_origins: []  # websites that show the chat: [https://www.example.com]
    identity_secret: ${{FRONTDESK_IDENTITY_SECRET:-}}
  rest:
    enabled: true
    token: ${{FRONTDESK_REST_TOKEN:-}}

teams:
  support:
    hours: always        # or: {{timezone: Europe/Stockholm, weekly: {{mon: "09:00-17:00"}}}}
    deadline: 10m
"""

_README = """\
# {name}

A Frontdesk bot. What customers ask is in `{content}/intents/`, what it answers in `{content}/templates/`.

    frontdesk check .                  every problem of the files, with line and hint
    frontdesk ask "where is my order" --content . --explain
    frontdesk run --content .          chat, console and health page; saved files are used at once

Secrets stay out of config.yml: copy `.env.example` to `.env`, fill it in, and start with

    set -a; . ./.env; set +a; frontdesk run --content .
"""

_ENV = """\
# Copy to .env, which git ignores. config.yml reads these names; empty means switched off.
# A new secret: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'
FRONTDESK_IDENTITY_SECRET=
FRONTDESK_REST_TOKEN=
"""

_IGNORED = ".env\nvar/\n"


def refuse_taken(folder: Path) -> None:
    """Raise `Conflict` if the folder holds anything, so that nobody's work is written over."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Conflict(f"{folder} exists and is not empty; name a new folder.")


def write(folder: Path, name: str, languages: Sequence[Language], content: Mapping[Path, str]) -> None:
    """Write a project: `content` maps paths like intents/core/answers.yml to the texts of the files.

    Raises `Conflict` if the folder is not empty.
    """
    refuse_taken(folder)
    shown = json.dumps(name, ensure_ascii=False)
    spoken = f"[{', '.join(languages)}]"
    config = _CONFIG.format(name=shown, languages=spoken, content=CONTENT)
    _save(folder / FILE_NAME, schemas.editor_line("config", folder / FILE_NAME, folder) + config)
    for inside, text in content.items():
        path = folder / CONTENT / inside
        _save(path, schemas.editor_line(inside.parts[0], path, folder) + _without_editor_line(text))
    _save(folder / "README.md", _README.format(name=name, content=CONTENT))
    _save(folder / ".env.example", _ENV)
    _save(folder / ".gitignore", _IGNORED)
    schemas.write(folder / schemas.FOLDER)


def _save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _without_editor_line(text: str) -> str:
    first, _, rest = text.partition("\n")
    return rest if first.startswith("# yaml-language-server:") else text
