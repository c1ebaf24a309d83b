"""Handlers for editing: replay, publish, and accept drafts of what has no answer yet."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from aiohttp import web

from bot.accounts.sessions import Session
from bot.analytics.backlog import topic_with_id
from bot.bars import Bars
from bot.channels import forms
from bot.channels.frames import whole
from bot.channels.pages import answer
from bot.content.snapshot import Content
from bot.errors import BadRequest, ContentBroken, FrontdeskError, Problem
from bot.model import Language
from bot.studio.editing import Edit, Editing, Text, Tried
from bot.studio.figures import Json
from bot.studio.replayed import replayed_json
from bot.studio.review import Reviews
from bot.studio.templates import Period

LONGEST_TEXT = 20_000
MOST_EXAMPLES = 500
REPLAY = "frontdesk-studio-replay"  # the task's name
_SECONDS_BETWEEN_NEWS = 0.2


def edit_of(body: dict[str, Any]) -> Edit:
    """The edit that a page has sent. Raises `BadRequest`."""
    texts = body.get("texts", [])
    if not isinstance(texts, list):
        raise BadRequest("`texts` has to be a list.")
    edit = Edit(
        tuple(_text(one) for one in texts), _by_language(body, "examples"), _by_language(body, "removed")
    )
    if not edit.texts and not any(edit.examples.values()) and not any(edit.removed.values()):
        raise BadRequest("Change a text, or the ways to ask it.")
    return edit


def _by_language(body: dict[str, Any], name: str) -> dict[Language, tuple[str, ...]]:
    examples = body.get(name, {})
    if not isinstance(examples, dict):
        raise BadRequest(f"`{name}` has to be a list for each language.")
    return {whole(str(language)): lines(listed) for language, listed in examples.items()}


def _text(body: Any) -> Text:
    if not isinstance(body, dict):
        raise BadRequest("Each of `texts` has to be an object.")
    channel: Any = forms.text(body, "channel", 40, default="")
    variant, language = forms.text(body, "variant", 200, default=""), forms.text(body, "language", 35)
    before = forms.text(body, "before", LONGEST_TEXT) if "before" in body else None
    return Text(variant, language, channel, forms.text(body, "text", LONGEST_TEXT), before)


def lines(listed: Any) -> tuple[str, ...]:
    """A list of texts, blank ones left out. Raises `BadRequest`."""
    if not isinstance(listed, list) or len(listed) > MOST_EXAMPLES:
        raise BadRequest(f"The examples have to be a list of at most {MOST_EXAMPLES} texts.")
    if not all(isinstance(one, str) and len(one) <= LONGEST_TEXT for one in listed):
        raise BadRequest("Each example has to be a text.")
    return tuple(dict.fromkeys(whole(one).strip() for one in listed if one.strip()))


def problems_json(problems: Sequence[Problem]) -> list[Json]:
    """Problems with their places."""
    return [asdict(problem) for problem in problems]


class Edits:
    """Everything that changes content."""

    def __init__(self, editing: Editing, reviews: Reviews, bars: Bars) -> None:
        self._editing = editing
        self._reviews = reviews
        self._bars = bars

    async def replay(self, request: web.Request, session: Session, name: str) -> web.StreamResponse:
        """Try an edit: JSON objects, one a line, first how far the replay has come, then what it found."""
        edit = edit_of(await forms.read(request))
        headers = {"Content-Type": "application/x-ndjson", "Cache-Control": "no-store"}
        try:
            tried = await self._editing.edited(name, edit)
        except ContentBroken as broken:
            return answer({"is": "problems", "problems": problems_json(broken.problems)})
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        await self._tell(response, tried)
        await response.write_eof()
        return response

    async def _tell(self, response: web.StreamResponse, tried: Tried) -> None:
        reached = [0, 0]

        def on_progress(done: int, of: int) -> None:
            reached[:] = [done, of]

        replaying = asyncio.create_task(self._editing.replay(tried, self._bars, on_progress), name=REPLAY)
        try:
            while not replaying.done():
                await _line(response, {"is": "progress", "done": reached[0], "of": reached[1]})
                await asyncio.wait([replaying], timeout=_SECONDS_BETWEEN_NEWS)
            found = replayed_json(replaying.result(), tried.content)
            warnings = problems_json(tried.warnings)
            await _line(response, {"is": "replayed", "replayed": found, "problems": warnings})
        except FrontdeskError as error:
            await _line(response, {"is": "failed", "message": error.sentence})
        finally:
            # Whoever closes the page does not need the rest of it.
            replaying.cancel()
            with contextlib.suppress(asyncio.CancelledError, FrontdeskError):
                await replaying

    async def publish(self, request: web.Request, session: Session, name: str) -> web.Response:
        """Write an edit into the content files."""
        edit = edit_of(await forms.read(request))
        try:
            tried = await self._editing.edited(name, edit)
            await self._editing.publish(tried, session.operator, f"template:{name}")
        except ContentBroken as broken:
            return answer({"written": False, "problems": problems_json(broken.problems)})
        self._reviews.forget()
        return answer({"written": True, "problems": problems_json(tried.warnings)})

    async def accept(
        self, request: web.Request, session: Session, content: Content, period: Period
    ) -> web.Response:
        """Write the draft for a question without an answer into the content files, as it was mended."""
        body = await forms.read(request)
        topics = await self._reviews.topics(content, period)
        topic = topic_with_id(topics, request.match_info["id"])
        name = forms.text(body, "name", 100, default="").strip()
        text = forms.text(body, "text", LONGEST_TEXT, default="").strip()
        try:
            tried = await self._editing.accepted(topic, name, lines(body.get("examples", [])), text)
            await self._editing.publish(tried, session.operator, f"unanswered:{topic.id}")
        except ContentBroken as broken:
            return answer({"written": False, "problems": problems_json(broken.problems), "files": []})
        self._reviews.forget()
        files = list(tried.change.files)
        return answer({"written": True, "problems": problems_json(tried.warnings), "files": files})


async def _line(response: web.StreamResponse, what: Json) -> None:
    await response.write(json.dumps(what, ensure_ascii=False).encode() + b"\n")
