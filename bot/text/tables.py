"""Which word lists and tables a language is read by, so that what was fitted by others is not used."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from bot.text.plain import list_file
from bot.text.thaiwords import thai_list_file

# What cuts words to their stems, and Thai into words.
_PACKAGES = {"th": ("pythainlp", "nlpo3")}
_STEMMER = "PyStemmer"


@lru_cache(maxsize=32)
def tables_of(language: str) -> str:
    """A fingerprint of all that the words of a language are read by: lists, vectors, compiled cutters."""
    digest = hashlib.sha256()
    for name in (_STEMMER, *_PACKAGES.get(language, ())):
        digest.update(f"{name} {_version(name)}\n".encode())
    for content in _contents(language):
        digest.update(f"{len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]


def _version(package: str) -> str:
    # Only here: it brings all that reads mail along, and the fitting process asks for no version.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _contents(language: str) -> Iterator[bytes]:
    own = (f"words_{language}.txt", f"vectors_{language}.txt", f"vectors_{language}.npy")
    sources = [files("bot.text").joinpath(name) for name in own] if language.isalpha() else []
    found = (*sources, list_file(language), thai_list_file() if language == "th" else None)
    yield from (one.read_bytes() if one is not None and one.is_file() else b"" for one in found)
