"""What a command takes: of the processor, of time, of memory; its child processes are in it."""

import os
import subprocess
import sys
import time


def used(command, environment, cwd=None, answers=(0, 1)):
    """(processor seconds, seconds, peak memory in MB) of a command; that it finds nothing is an answer too."""
    began = time.perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    child = subprocess.Popen(command, cwd=cwd, env=environment, **quiet)
    _, status, taken = os.wait4(child.pid, 0)
    took = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in answers:
        raise SystemExit(f"{' '.join(command)} ended with {child.returncode}")
    # Linux counts in kB, macOS in bytes.
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return taken.ru_utime + taken.ru_stime, took, taken.ru_maxrss / unit
