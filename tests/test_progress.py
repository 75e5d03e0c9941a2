"""A bar on a terminal, and nothing anywhere else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

LONG = """
import sys, time
from compiler.progress import track
for _ in track(list(range(8)), "reading"):
    time.sleep(0.15)
"""


def test_no_bar_where_the_output_is_no_terminal(root: Path) -> None:
    done = subprocess.run([sys.executable, "-c", LONG], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == ""


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no pseudo-terminals on this system")
def test_a_bar_on_a_terminal(root: Path) -> None:
    import termios

    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, 80))  # a new one has no columns, so no room for a bar
    child = subprocess.Popen([sys.executable, "-c", LONG], cwd=root, stderr=theirs, stdout=theirs)
    os.close(theirs)
    seen = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # Linux says so at the end
            break
        if not part:
            break
        seen += part
    os.close(ours)
    assert child.wait() == 0
    assert b"reading" in seen
