"""Runs the deployer's actions, one call at a time under a time limit, by the Rasa action-server protocol."""

from __future__ import annotations

import difflib
import logging
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.actions.aside import Aside, OutOfTime
from bot.actions.discovery import Action, discover
from bot.actions.protocol import (
    ActionResult,
    Dispatcher,
    Question,
    Subject,
    Tracker,
    build_request,
    read_response,
)
from bot.errors import ActionFailed, Problem
from bot.model import Message, Millis

__all__ = ["ActionResult", "ActionRunner"]

log = logging.getLogger(__name__)


class ActionRunner:
    """The actions of one package or module. `problems` says which of its modules could not be used."""

    def __init__(self, module: str, time_limit: Millis, *, folder: Path | None = None) -> None:
        """Import `module`; `folder` is where Python also looks for it."""
        if folder is not None and str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
        self.module = module
        self.time_limit = time_limit
        self._aside = Aside()
        found = discover(module)
        self._actions: Mapping[str, Action] = found.actions
        self.problems: tuple[Problem, ...] = found.problems

    def names(self) -> tuple[str, ...]:
        """The names of the actions that can be run, sorted."""
        return tuple(sorted(self._actions))

    async def run(
        self,
        action: str,
        conversation: Subject,
        messages: Sequence[Message],
        slots: Mapping[str, str],
        domain: Mapping[str, Any],
        *,
        asked: Question | None = None,
    ) -> ActionResult:
        """Run one action. Whatever the action does, this does not raise: trouble is a `failed` result."""
        return await self.result(
            build_request(action, conversation, messages, slots, domain=domain, asked=asked)
        )

    async def result(self, request: Mapping[str, Any]) -> ActionResult:
        """What comes of a request of the protocol; trouble is a `failed` result here too."""
        action, conversation = request["next_action"], request["sender_id"]
        try:
            return read_response(await self.respond(request))
        except ActionFailed as error:
            log.error("conversation %s: %s", conversation, error.sentence)
            return ActionResult(failed=error.sentence)
        except OutOfTime:
            sentence = f"action `{action}` took longer than {self.time_limit / 1000:g} s"
            log.error("conversation %s: %s", conversation, sentence)
            return ActionResult(failed=sentence)
        except Exception as error:
            log.exception("conversation %s: action `%s` failed", conversation, action)
            return ActionResult(failed=f"action `{action}` failed: {_told(error)}")

    async def respond(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The protocol's response to a request. Raises what the action raises, or `OutOfTime`."""
        name = str(request["next_action"])
        action = self._actions.get(name)
        if action is None:
            raise ActionFailed(self._missing(name))
        dispatcher, tracker = Dispatcher(), Tracker(request["tracker"])
        seconds = self.time_limit / 1000
        events = await self._aside.call(action.run, dispatcher, tracker, request["domain"], seconds=seconds)
        return {"events": list(events or ()), "responses": dispatcher.messages}

    async def close(self) -> None:
        """Stop what runs aside."""
        await self._aside.close()

    def _missing(self, name: str) -> str:
        near = difflib.get_close_matches(name, self._actions, n=1)
        hint = f"; did you mean `{near[0]}`?" if near else ""
        return f"there is no action `{name}`{hint}"


def _told(error: Exception) -> str:
    """The error in one line, with the place where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{place}"
