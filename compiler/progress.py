"""A progress bar where work is long and the output is a terminal; nothing elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


def track(items: Iterable[T], what: str) -> Iterable[T]:
    """``items``, with a bar on a terminal's standard error once it has taken half a second."""
    return tqdm(items, desc=what, disable=None, leave=False, delay=0.5)
