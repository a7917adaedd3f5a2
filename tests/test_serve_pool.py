"""The processes behind kg serve: what is given ahead, taken back, asked again."""

import asyncio
import os
import signal

import pytest
from serving import Loop, until

from kg.server.pool import Pool
from kg.sparql.child import Limits


def prepare():
    """What prepares a process that does what it is told, and says who it is."""

    def answer(request):
        if request == "die":
            os._exit(1)
        if request == "wait":
            signal.pause()
        yield "said", (request, os.getpid())

    return answer


@pytest.fixture
def pool_of():
    loop, made = Loop(), []

    def run(size, work):
        pool = Pool(prepare, Limits(1000), size)
        made.append(pool)
        return loop.run_until_complete(work(pool))

    yield run
    for pool in made:
        loop.run_until_complete(pool.close())
    loop.close()


def bodies(found):
    return [dict(messages).get("said", (None, None))[0] for messages, _ in found]


async def quick(pool):
    """Have every process ready, and known as one that answers at once."""
    pool.start()
    await until(lambda: all(process.ready for process in pool.processes))
    for process in pool.processes:
        process.quick = True


def test_each_hears_his_own_answer(pool_of):
    async def many(pool):
        return await asyncio.gather(*(pool.ask(n) for n in range(100)))

    found = pool_of(2, many)
    assert bodies(found) == list(range(100))
    assert all(in_time for _, in_time in found)


def test_what_stands_behind_a_long_question_is_answered_by_another(pool_of):
    async def behind(pool):
        await quick(pool)
        asking = [asyncio.create_task(pool.ask(q)) for q in ("wait", *range(30))]
        found = await asyncio.gather(*asking[1:])
        (slow,) = (p for p in pool.processes if p.jobs)
        asking[0].cancel()
        await until(lambda: slow not in pool.processes)
        return found

    assert bodies(pool_of(2, behind)) == list(range(30))


def test_what_stands_behind_one_that_dies_is_answered(pool_of):
    async def deadly(pool):
        await quick(pool)
        return await asyncio.gather(*(pool.ask(q) for q in ("die", 1, "die", 2)))

    found = pool_of(1, deadly)
    assert bodies(found) == [None, 1, None, 2]
    assert [dict(messages).get("status") for messages, _ in found] == [256, None, 256, None]


def test_who_leaves_in_the_line_is_not_answered_and_the_others_are(pool_of):
    async def leaving(pool):
        await quick(pool)
        asking = [asyncio.create_task(pool.ask(n)) for n in range(20)]
        await asyncio.wait(asking, timeout=0)
        for one in asking[::2]:
            one.cancel()
        await asyncio.wait(asking)
        return await asyncio.gather(*asking[1::2]), bodies([await pool.ask("last")])

    found, last = pool_of(1, leaving)
    assert (bodies(found), last) == (list(range(1, 20, 2)), ["last"])


def test_a_retired_pool_answers_what_it_was_asked_and_goes(pool_of):
    async def retired(pool):
        asking = [asyncio.create_task(pool.ask(n)) for n in range(40)]
        await asyncio.wait(asking, timeout=0)
        pool.retire()
        found = await asyncio.gather(*asking)
        await until(lambda: not pool.processes)
        return found

    assert bodies(pool_of(2, retired)) == list(range(40))
