"""What two processes tell each other: whole, however it is cut on its way."""

import os
import threading

import pytest

from kg.sparql import frames

LARGE = "b" * 70_000
TOLD = [("a", b""), (LARGE, b"x" * 200_000), ((1, None), b""), ([LARGE, LARGE], b"y"), (b"", b"z")]
SMALL = [("a", b""), (7, b"bcd"), ((), b""), ("", b"e" * 30), (None, b"")]


def read(reader, data, most):
    found = []
    while data:
        room = reader.room()
        size = min(len(room), len(data), most)
        room[:size], data = data[:size], data[size:]
        found += [(said, bytes(body)) for said, body in reader.came(size)]
    return found


@pytest.mark.parametrize(
    ("told", "most"),
    [(TOLD, 1 << 30), (TOLD, 1 << 16), (TOLD, 4099), *((SMALL, n) for n in (1, 2, 15, 16, 17, 23))],
)
def test_frames_are_put_together_again(told, most):
    data = b"".join(frames.framed(said, len(body)) + body for said, body in told)
    assert read(frames.Reader(), data, most) == told


def test_what_a_pipe_does_not_take_at_once_is_written_by_and_by():
    near, far = os.pipe()

    def written():
        for said, body in TOLD:
            frames.write(far, said, body)
        os.close(far)

    writer = threading.Thread(target=written)
    writer.start()
    reader, found = frames.Reader(), []
    while size := os.readv(near, [reader.room()]):
        found += [(said, bytes(body)) for said, body in reader.came(size)]
    writer.join()
    os.close(near)
    assert found == TOLD
