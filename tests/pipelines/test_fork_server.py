"""The fork server is there before the command has imported anything, and its workers come from it."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys

import pytest

_SCRIPT = """
import sys
from multiprocessing import forkserver
from pipelines import fork_server
fork_server.start()
first = forkserver._forkserver._forkserver_pid
print(bool(first), {"pyarrow", "numpy", "pipelines.isolation"} & set(sys.modules))
process = fork_server.context().Process(target=print, args=("from a worker",))
process.start()
process.join()
print(forkserver._forkserver._forkserver_pid == first, process.exitcode)
"""


@pytest.mark.skipif("forkserver" not in multiprocessing.get_all_start_methods(), reason="Windows has no fork server")
def test_started_early_and_used() -> None:
    done = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["True set()", "from a worker", "True 0"] and not done.stderr
