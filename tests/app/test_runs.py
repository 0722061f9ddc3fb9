"""Background runs: one a client, a queue with an end, progress, and cancel that frees the process."""

import asyncio
import os
import time

import pytest

from sim.basics.limits import InputError
from sim.browser.runs import GRACE, Runs, Stopped

LONG = 60.0


def steps(count, pause, progress):
    """Work in steps that tell their progress."""
    for done in range(count):
        time.sleep(pause)
        progress(done + 1, count)
    return os.getpid()


def deaf(seconds):
    """Work that never tells anything."""
    time.sleep(seconds)


def wrong():
    raise InputError("dial: must be from 0 to 1, got 2")


@pytest.fixture(scope="module")
def pool():
    runs = Runs(workers=1, waiting=2)
    runs.open()
    yield runs
    runs.close()


def ignore(done, total):
    pass


def test_a_run_is_in_another_process_and_tells_its_progress(pool):
    told = []
    process = asyncio.run(pool.ask("a", steps, 5, 0.15, on_progress=lambda *now: told.append(now)))
    assert process != os.getpid()
    assert told == sorted(told)
    assert told[-1][1] == 5


def test_what_goes_wrong_there_is_raised_here(pool):
    with pytest.raises(InputError, match="dial: must be from 0 to 1"):
        asyncio.run(pool.ask("a", wrong))


def test_what_cannot_be_sent_is_refused_and_the_pool_goes_on(pool):
    with pytest.raises((TypeError, AttributeError)):
        asyncio.run(pool.ask("a", lambda: None))
    assert asyncio.run(pool.ask("a", os.getpid)) > 0


async def _cancelled(pool, function, *args, on_progress=None):
    """Seconds from the cancel until another client has its answer."""
    run = asyncio.create_task(pool.ask("a", function, *args, on_progress=on_progress))
    await asyncio.sleep(0.4)
    other = asyncio.create_task(pool.ask("b", os.getpid))
    await asyncio.sleep(0.1)
    assert pool.ahead("b") == 1
    start = time.perf_counter()
    pool.cancel("a")
    with pytest.raises(Stopped):
        await run
    spent = time.perf_counter() - start
    await other
    return spent


def test_a_cancelled_run_ends_where_it_tells_its_progress(pool):
    assert asyncio.run(_cancelled(pool, steps, 10_000, 0.01, on_progress=ignore)) < GRACE


def test_a_cancelled_run_that_tells_nothing_loses_its_process(pool):
    assert asyncio.run(_cancelled(pool, deaf, LONG)) < GRACE + 10.0


def test_a_run_that_waits_is_cancelled_at_once(pool):
    async def play():
        first = asyncio.create_task(pool.ask("a", steps, 10_000, 0.01, on_progress=ignore))
        second = asyncio.create_task(pool.ask("b", os.getpid))
        await asyncio.sleep(0.2)
        pool.cancel("b")
        with pytest.raises(Stopped):
            await asyncio.wait_for(second, 0.5)
        pool.cancel("a")
        with pytest.raises(Stopped):
            await first

    asyncio.run(play())


def test_whoever_goes_away_leaves_nothing_running(pool):
    async def play():
        run = asyncio.create_task(pool.ask("a", steps, 10_000, 0.01, on_progress=ignore))
        await asyncio.sleep(0.3)
        run.cancel()
        with pytest.raises(asyncio.CancelledError):
            await run
        return await asyncio.wait_for(pool.ask("a", os.getpid), GRACE)

    assert asyncio.run(play()) > 0


def test_a_client_has_one_run_and_the_queue_an_end(pool):
    async def play():
        tasks = []
        for client in ("a", "b", "c"):
            tasks.append(asyncio.create_task(pool.ask(client, steps, 10_000, 0.01, on_progress=ignore)))
            await asyncio.sleep(0)
        with pytest.raises(InputError, match="a run of yours is under way"):
            await pool.ask("a", os.getpid)
        with pytest.raises(InputError, match="2 runs are waiting already"):
            await pool.ask("d", os.getpid)
        assert (pool.ahead("a"), pool.ahead("b"), pool.ahead("c")) == (0, 1, 2)
        assert await asyncio.wait_for(pool.ask("d", os.getpid, quick=True), LONG) > 0
        for client in ("a", "b", "c"):
            pool.cancel(client)
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(end) for end in ends] == [Stopped] * 3

    asyncio.run(play())


def test_closing_ends_every_process():
    runs = Runs(workers=1)
    process = asyncio.run(runs.ask("a", os.getpid))
    runs.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_what_a_class_waits_for_goes_before_the_runs_of_others_and_has_a_queue_of_its_own(pool):
    done = []

    async def asked(client, **how):
        await pool.ask(client, os.getpid, **how)
        done.append(client)

    async def play():
        running = asyncio.create_task(pool.ask("a", steps, 10_000, 0.01, on_progress=ignore))
        await asyncio.sleep(0.2)
        others = [asyncio.create_task(asked(client)) for client in ("b", "c")]
        await asyncio.sleep(0.1)
        with pytest.raises(InputError, match="2 runs are waiting already"):
            await asked("d")
        debriefs = [asyncio.create_task(asked(client, first=True)) for client in ("class 1", "class 2")]
        await asyncio.sleep(0.1)
        assert [pool.ahead(client) for client in ("class 1", "class 2", "b", "c")] == [1, 2, 3, 4]
        pool.cancel("a")
        ends = await asyncio.wait_for(asyncio.gather(running, *others, *debriefs, return_exceptions=True), LONG)
        assert [type(end) for end in ends] == [Stopped] + [type(None)] * 4

    asyncio.run(play())
    assert done == ["class 1", "class 2", "b", "c"]


def test_quick_questions_of_many_have_an_end_too(pool):
    async def play():
        tasks = [asyncio.create_task(pool.ask(client, time.sleep, 1.0, quick=True)) for client in ("a", "b")]
        await asyncio.sleep(0.1)
        with pytest.raises(InputError, match=r"^2 questions are waiting already; try again soon$"):
            await pool.ask("c", os.getpid, quick=True)
        await asyncio.gather(*tasks)

    asyncio.run(play())
