"""Writing changed content to its folder: all files of a change or none, and over nobody's edit."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from bot.content.additions import Change
from bot.errors import Conflict
from bot.yamlfile import decode

_BOM = b"\xef\xbb\xbf"


def save(folder: Path, change: Change) -> None:
    """Write a change that has been `checked`.

    Raises `Conflict` if a file does not say any more what it said when the change was made; OSError if one
    cannot be written. In both cases every file is as it was. Each file is replaced whole, and in an order in
    which the content is good after each of them, so that a crash in the middle leaves good content too.
    """
    with _alone(folder):
        old = {file: _compared(folder / file, file, change.before[file]) for file in change.files}
        ready = [(_resolved(folder / file), file) for file in change.files]
        written: list[Path] = []
        temporary: list[Path] = []
        try:
            for path, file in ready:
                data = old[file] or b""
                bom = _BOM if data.startswith(_BOM) else b""
                temporary.append(_beside(path, bom + change.after[file].encode("utf-8")))
            for (path, file), new in zip(ready, temporary, strict=True):
                _compared(path, file, change.before[file])
                new.replace(path)
                written.append(path)
        except BaseException:
            _undo({path: old[file] for path, file in ready if path in written})
            raise
        finally:
            for new in temporary:
                new.unlink(missing_ok=True)
        for parent in {path.parent for path, _ in ready}:
            _on_disk(parent)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes that write in the same way out, where the system can."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(ImportError):
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _resolved(path: Path) -> Path:
    """Where a file really lies, so that a link to it stays one."""
    return path.resolve() if path.is_symlink() else path


def _compared(path: Path, name: str, before: str | None) -> bytes | None:
    """The bytes of a file, None if there is none. Raises `Conflict`, which names it, if it has changed."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        data = None
    text = None if data is None else decode(data, str(path))[0]
    if text != before:
        raise Conflict(f"{name} has been changed meanwhile; look at it and try again")
    return data


def _beside(path: Path, data: bytes) -> Path:
    """The data in a hidden file beside the one it is to replace, on disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        with os.fdopen(handle, "wb") as file:
            if path.exists():  # whoever could write it before still can
                os.fchmod(file.fileno(), path.stat().st_mode & 0o777)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    return new


def _undo(old: dict[Path, bytes | None]) -> None:
    for path, data in reversed(old.items()):
        if data is None:
            path.unlink(missing_ok=True)
        else:
            _beside(path, data).replace(path)


def _on_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
