"""What two processes tell each other: whole, however it is cut on its way."""

import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sparql import frames

LARGE = "b" * 70_000
TOLD = [("a", b""), (LARGE, b"x" * 200_000), ((1, None), b""), ([LARGE, LARGE], b"y"), (b"", b"z")]


def read(reader, data, most):
    found = []
    while data:
        room = reader.room()
        size = min(len(room), len(data), most)
        room[:size], data = data[:size], data[size:]
        found += [(said, bytes(body)) for said, body in reader.came(size)]
    return found


@pytest.mark.parametrize("most", [1 << 30, 1 << 16, 4099])
def test_frames_are_put_together_again(most):
    data = b"".join(frames.framed(said, len(body)) + body for said, body in TOLD)
    assert read(frames.Reader(), data, most) == TOLD


@given(
    st.lists(st.tuples(st.text() | st.integers(), st.binary(max_size=40))),
    st.integers(min_value=1, max_value=50),
)
def test_small_frames_are_put_together_again(told, most):
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
