"""A message as a reply to a yes-or-no question: pressed, typed, misspelt, or the start of a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversations import ladder, said
from bot.conversations.turn import Turn
from bot.model import Match

MAX_REPLY = 300


@dataclass(frozen=True, slots=True)
class Heard:
    """What the customer said: `text` as shown, the `payload` of a pressed button or "", what it may mean."""

    text: str
    payload: str
    match: Match


@dataclass(frozen=True, slots=True)
class Reply:
    """A yes or a no, and the `rest` of the message: empty if it says nothing else."""

    yes: bool
    rest: str = ""


def read(turn: Turn, heard: Heard) -> Reply | None:
    """The yes or no in a message; None for anything else."""
    if heard.payload:
        pressed = {"/yes": True, "/no": False}.get(heard.payload)
        return None if pressed is None else Reply(pressed)
    whole = _whole(turn, heard.text, heard.match)
    if whole is not None:
        return Reply(whole)
    return _leading(turn, heard.text)


def _whole(turn: Turn, text: str, match: Match) -> bool | None:
    pressed = said.thumb(text)
    if pressed is not None:
        return pressed
    options = {"yes": turn.words("survey_yes"), "no": turn.words("survey_no")}
    key = turn.closest(text, options) or ladder.sure_role(turn, match)
    return {"yes": True, "no": False}.get(key or "")


def _leading(turn: Turn, text: str) -> Reply | None:
    """A sentence that starts with yes or no: "nope, still waiting"."""
    first, *rest = text.strip()[:MAX_REPLY].split(maxsplit=1)[:2] or [""]
    word = first.strip(",.;:!-")
    yes = _whole(turn, word, turn.match(word)) if rest and word else None
    if yes is None:
        return None
    return Reply(yes, "" if _polite(turn, rest[0], yes) else rest[0])


def _polite(turn: Turn, rest: str, yes: bool) -> bool:
    """Whether the rest adds nothing: thanks, or the same once more."""
    return ladder.sure_role(turn, turn.match(rest)) in ("thanks", "goodbye", "yes" if yes else "no")
