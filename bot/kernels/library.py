"""The compiled part of matching: the C files of this folder, built into one library by `hatch_build.py`.

Only loops over numbers are in C; whatever decides anything is in Python, and calls it with arrays.
"""

from __future__ import annotations

import ctypes
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy.typing as npt

from bot.errors import FrontdeskError

LIBRARY = Path(__file__).with_name("_kernels.so")

_BUILD = (
    "Run `python hatch_build.py` in the project's folder (it needs a C compiler), or install Frontdesk again."
)

_F, _N, _P = ctypes.c_float, ctypes.c_int64, ctypes.c_void_p
# What each function returns and takes: a float, a 64-bit number, or an address.
SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    "made_of": (ctypes.c_char_p, []),
    "descent_round": (_F, [_P, _N, _P, _P, _P, _P, _P, _N, _N, _F, _P, _P, _P, _P, _P, _P]),
    "descent_round_of_one": (_F, [_P, _N, _P, _P, _P, _P, _P, _P, _P, _N, _P, _P, _P]),
    "compare_rows": (None, [_P, _P, _P, _N, _P, _P]),
    "order_of": (None, [_P, _N, _N, _P, _P]),
    "count_features": (_N, [_P, _P, _N, _N, _N, _P, _P, _P, _P, _P]),
    "join_features": (None, [_P, _P, _N, _P, _P, _P, _P]),
    "index_keys": (None, [_P, _N, _P, _N]),
    "message_vector": (_N, [_P, _P, _N, ctypes.c_char_p, _N, _N, _P, _P, _P, _P]),
    "edit_cost": (_F, [_P, ctypes.c_char_p, _N, ctypes.c_char_p, _N]),
    "reach_forms": (_N, [_P, _P, _N]),
    "reach_index": (None, [_P, _P, _N, _P, _N, _P]),
    "reach_words": (_N, [_P, ctypes.c_char_p, _N, _N, _N, _N, _P, _N]),
    "best_columns": (_N, [_P, _P, _N, _P, _P, _N, _P, _N, _P]),
}


# So short that it takes longer to let other threads run, and to get one's turn again.
QUICK = ("message_vector", "edit_cost", "reach_words", "best_columns")


class KernelsMissing(FrontdeskError):
    """The compiled part of the matcher has not been built on this machine."""

    code = "kernels_missing"


@lru_cache(maxsize=1)
def library() -> ctypes.CDLL:
    """The library, loaded once; its calls let other threads run, but for `QUICK`. Raises `KernelsMissing`."""
    try:
        found, quick = ctypes.CDLL(str(LIBRARY)), ctypes.PyDLL(str(LIBRARY))
    except OSError as error:
        raise KernelsMissing(f"{LIBRARY.name} cannot be loaded ({error}). {_BUILD}") from error
    for name, (result, arguments) in SIGNATURES.items():
        function = getattr(quick if name in QUICK else found, name, None)
        if function is None:
            raise KernelsMissing(f"{LIBRARY.name} is of another version: it has no {name}. {_BUILD}")
        function.restype, function.argtypes = result, arguments
    for name in QUICK:
        setattr(found, name, getattr(quick, name))
    if not _current(found):
        raise KernelsMissing(f"{LIBRARY.name} was compiled from other C files than are here. {_BUILD}")
    return found


def _current(found: ctypes.CDLL) -> bool:
    """Whether the library is that of the C files beside it; an installed one has none beside it."""
    sources = sorted(LIBRARY.parent.glob("*.c"))
    texts = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    return not sources or bytes(found.made_of()).decode() == texts


def pointer(array: npt.NDArray[Any]) -> ctypes.c_void_p:
    """Where a contiguous array starts. The caller keeps the array alive, and of the type that C expects."""
    assert array.flags.c_contiguous
    return ctypes.c_void_p(array.ctypes.data)
