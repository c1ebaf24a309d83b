"""Sorting numbers that are small and many, in time linear in how many there are (`sorting.c`)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bot.kernels.library import library, pointer

Ints = npt.NDArray[np.int64]


def grouped(numbers: npt.NDArray[np.integer], count: int) -> tuple[Ints, Ints]:
    """Numbers from 0 to `count` - 1 put together: where each group starts, and the places group by group.

    There is one start more than there are numbers: the end. Equal numbers stay in the order they had.
    """
    numbers = np.ascontiguousarray(numbers, np.int64)
    starts, order = np.zeros(count + 1, np.int64), np.empty(len(numbers), np.int64)
    library().order_of(pointer(numbers), len(numbers), count, pointer(starts), pointer(order))
    return starts, order
