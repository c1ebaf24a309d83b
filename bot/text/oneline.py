"""What a person typed, as one line that can be kept and printed."""

from __future__ import annotations

from unicodedata import category


def on_one_line(text: str) -> str:
    """The text without line breaks and characters that move a terminal's cursor."""
    return " ".join("".join(sign for sign in text if sign.isspace() or category(sign) != "Cc").split())
