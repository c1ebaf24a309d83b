"""The process is killed in the middle of something. Nothing is lost, and nothing is said twice."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.small import ACTIONS, write_project
from tests.stories.people import OperatorAtWork, WebCustomer

pytestmark = pytest.mark.timeout(120)

FRONTDESK = Path(sys.executable).parent / "frontdesk"
START_SECONDS = 40.0


class Running:
    """A process of `frontdesk run`, and what it printed."""

    def __init__(self, process: asyncio.subprocess.Process, printed: str) -> None:
        self._process = process
        self.printed = printed
        found = re.search(r"(http://\S+)/demo", printed)
        assert found, printed
        self.url = found.group(1)

    async def is_killed(self) -> None:
        """SIGKILL: no goodbye, no flush."""
        self._process.kill()
        await self._process.wait()


@asynccontextmanager
async def frontdesk(project: Path) -> AsyncIterator[Running]:
    process = await asyncio.create_subprocess_exec(
        FRONTDESK, "run", "--content", project, "--port", "0", stdout=asyncio.subprocess.PIPE, cwd=project
    )
    assert process.stdout
    printed = b""
    try:
        async with asyncio.timeout(START_SECONDS):
            while b"Ctrl-C" not in printed:
                line = await process.stdout.readline()
                assert line, f"it ended: {printed.decode()}"
                printed += line
        yield Running(process, printed.decode())
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        # The transport of the pipe closes in the next rounds of the loop.
        await asyncio.sleep(0.05)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_project(tmp_path_factory.mktemp("restart"))
    slow = ACTIONS.replace("asyncio.sleep(0.3)", "asyncio.sleep(1)")
    noted = slow.replace("        await", "        open('runs.txt', 'a').write('x')\n        await")
    (folder / "small_actions.py").write_text(noted)
    return folder


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@asynccontextmanager
async def page(
    http: aiohttp.ClientSession, url: str, before: WebCustomer | None = None
) -> AsyncIterator[WebCustomer]:
    """A page, or the same page after its server came back."""
    customer = WebCustomer(http, url, before.token if before else None)
    if before:
        customer.conversation, customer.last_seq = before.conversation, before.last_seq
        customer.everything = before.everything
    await customer.opens()
    yield customer
    await customer.closes()


def said(customer: WebCustomer) -> list[str]:
    return [message["text"] for message in customer.everything]


async def test_in_the_middle_of_a_slot_question(project: Path, http: aiohttp.ClientSession) -> None:
    async with frontdesk(project) as server, page(http, server.url) as customer:
        await customer.says("knit me a jumper")
        await customer.until(lambda: customer.last_seq == 2)
        await server.is_killed()
    async with frontdesk(project) as server, page(http, server.url, customer) as again:
        await again.says("red")
        await again.until(lambda: again.last_seq == 5)
        assert said(again) == [
            "knit me a jumper",
            "Which colour?",
            "red",
            "A red jumper for you.",
            "Did this answer your question?",
        ]


async def test_while_a_customer_waits_for_a_person(project: Path, http: aiohttp.ClientSession) -> None:
    async with frontdesk(project) as server, page(http, server.url) as customer:
        await customer.says("a person please")
        await customer.until(lambda: customer.status == "waiting")
        await server.is_killed()
    async with frontdesk(project) as server, page(http, server.url, customer) as again:
        assert (again.status, again.position) == ("waiting", 1)
        assert again.welcome["messages"] == []
        operator = await signed_in(server, project)
        (entry,) = (await operator.get("queue"))["waiting"]
        await operator.post(f"handoffs/{entry['handoff']}/claim")
        await again.until(lambda: again.status == "with_operator")
        await server.is_killed()
        await operator.goes()
    async with frontdesk(project) as server, page(http, server.url, again) as once_more:
        assert once_more.status == "with_operator"
        await once_more.leaves()


async def signed_in(server: Running, project: Path) -> OperatorAtWork:
    """An operator made from the command line, while the server runs."""
    process = await asyncio.create_subprocess_exec(
        FRONTDESK, "operator", "--content", project, "add", "olga", stdout=asyncio.subprocess.PIPE
    )
    printed = (await process.communicate())[0].decode()
    password = re.search(r"\w{5}-\w{5}-\w{5}-\w{5}", printed)
    assert password, printed
    operator = OperatorAtWork(server.url, "olga")
    await operator.signs_in(password.group())
    return operator


async def test_while_an_action_runs(project: Path, http: aiohttp.ClientSession) -> None:
    async with frontdesk(project) as server, page(http, server.url) as customer:
        await customer.says("what is the weather like")
        async with asyncio.timeout(5):
            while not (project / "runs.txt").exists():  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        await server.is_killed()
    async with frontdesk(project) as server, page(http, server.url, customer) as again:
        # The job is taken again when the lease of the process that died is over.
        async with asyncio.timeout(30):
            while again.last_seq < 3:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        await asyncio.sleep(0.3)
        assert said(again) == [
            "what is the weather like",
            "The sky is blue.",
            "Did this answer your question?",
        ]
        assert len((project / "runs.txt").read_text()) == 2


async def test_in_the_middle_of_a_burst_of_messages(project: Path, http: aiohttp.ClientSession) -> None:
    ids = [f"m{number}" for number in range(200)]
    sending: list[asyncio.Task[None]] = []
    async with frontdesk(project) as server, page(http, server.url) as customer:
        await customer.says("a person please", "m0")
        sending = [asyncio.create_task(customer.says(f"message {id}", id)) for id in ids[1:]]
        await customer.until(lambda: customer.last_seq > 60)
        await server.is_killed()
    for task in sending:
        task.cancel()
    ended = await asyncio.gather(*sending, return_exceptions=True)
    acknowledged = [id for id, how in zip(ids[1:], ended, strict=True) if how is None]
    async with frontdesk(project) as server, page(http, server.url, customer) as again:
        shown = [message["id"] for message in again.everything]
        assert set(acknowledged) <= set(shown)
        for id in ids:
            if id not in acknowledged:
                await again.says(f"message {id}", id)
        await again.until(lambda: ids[-1] in [message["id"] for message in again.everything])
        own = [message["id"] for message in again.everything if message["author"] == "customer"]
        assert own == ids


def test_the_environment_has_the_command() -> None:
    assert os.access(FRONTDESK, os.X_OK)
