"""What a command takes: of the processor, of time, of memory; its child processes are in it.

    python bench/used.py COMMAND…       its figures and its exit code

It is begun by a small process: the peak memory of a command begins, on Linux, with that of whoever begins it.
"""

import os
import subprocess
import sys
import time


def used(command, environment, cwd=None, answers=(0, 1)):
    """(processor seconds, seconds, peak memory in MB) of a command; that it finds nothing is an answer too."""
    by = [sys.executable, "-I", "-S", os.path.abspath(__file__), *command]
    told = subprocess.run(by, cwd=cwd, env=environment, stdout=subprocess.PIPE, check=True).stdout
    processor, took, memory, code = map(float, told.split())
    if code not in answers:
        raise SystemExit(f"{' '.join(command)} ended with {code:g}")
    return processor, took, memory


def main():
    """Run the command, and print what it took."""
    began = time.perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    child = subprocess.Popen(sys.argv[1:], **quiet)
    _, status, taken = os.wait4(child.pid, 0)
    took = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    # Linux counts in kB, macOS in bytes.
    unit = 1e6 if sys.platform == "darwin" else 1e3
    print(taken.ru_utime + taken.ru_stime, took, taken.ru_maxrss / unit, child.returncode)


if __name__ == "__main__":
    main()
