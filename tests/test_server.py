"""The server: pages, errors to JSON, health, and the port."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.errors import BadRequest, ContentBroken, Problem, StorageFailed
from bot.server import PortTaken, bound, listen, make_application

Client = TestClient[web.Request, web.Application]


async def fails(request: web.Request) -> web.Response:
    match request.query["how"]:
        case "ours":
            raise BadRequest("that was no number")
        case "storage":
            raise StorageFailed
        case "problems":
            raise ContentBroken([Problem("a.yml", 3, 1, "x", "wrong")])
        case _:
            raise ZeroDivisionError("secret detail")


@pytest_asyncio.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    for name in ("demo.html", "widget.js"):
        (tmp_path / name).write_text(f"this is {name}")
    (tmp_path.parent / "outside.txt").write_text("not for you")

    async def health() -> dict[str, Any]:
        return {"status": "failing", "database": "the disk is full"}

    async def metrics() -> bytes:
        return b"figures"

    application = make_application([web.get("/fails", fails)], health, metrics, tmp_path)
    async with TestClient(TestServer(application)) as client:
        yield client


async def test_programs_get_the_version_and_browsers_a_page(client: Client) -> None:
    response = await client.get("/")
    assert (await response.json())["name"] == "frontdesk"
    response = await client.get("/", headers={"Accept": "text/html"})
    assert response.content_type == "text/html"
    assert 'href="/demo"' in await response.text()


@pytest.mark.parametrize(
    ("how", "status", "code", "message"),
    [
        ("ours", 400, "bad_request", "that was no number"),
        ("storage", 503, "storage_failed", "The database could not write"),
        ("problems", 422, "content_broken", "a.yml:3:1: error: wrong"),
    ],
)
async def test_our_errors_have_a_status_a_code_and_a_sentence(
    client: Client, how: str, status: int, code: str, message: str
) -> None:
    response = await client.get("/fails", params={"how": how})
    found = await response.json()
    assert (response.status, found["code"]) == (status, code)
    assert found["message"].startswith(message)


async def test_an_unexpected_error_is_in_the_log_by_its_id_and_not_in_the_answer(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        response = await client.get("/fails", params={"how": "unexpected"})
    found = await response.json()
    assert response.status == 500
    assert found["id"] in caplog.text
    assert "secret detail" in caplog.text
    assert "secret" not in await response.text()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("POST", "/health", 405),
        ("GET", "/static/missing.js", 404),
        ("GET", "/static/..%2Foutside.txt", 404),
        ("GET", "/static/%2e%2e/outside.txt", 404),
        ("GET", "/static/" + "a" * 300, 404),
        ("GET", "/static/%00", 404),
    ],
)
async def test_what_is_not_there_is_json_too(client: Client, method: str, path: str, status: int) -> None:
    response = await client.request(method, path)
    assert response.status == status
    assert set(await response.json()) == {"code", "message"}


async def test_pages_are_strict_and_the_widget_may_be_loaded_by_others(client: Client) -> None:
    page = await client.get("/demo")
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Server"] == "Frontdesk"
    script = await client.get("/widget.js")
    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert script.headers["Access-Control-Allow-Origin"] == "*"


async def test_pages_that_are_not_built_say_what_to_do(client: Client) -> None:
    response = await client.get("/widget-app.js")
    assert response.status == 404
    assert "make pages" in (await response.json())["message"]


async def test_health_that_is_not_ok_is_a_503(client: Client) -> None:
    response = await client.get("/health")
    assert (response.status, await response.json()) == (
        503,
        {"status": "failing", "database": "the disk is full"},
    )


def test_a_port_that_is_taken_says_so_and_what_to_do() -> None:
    first = bound("127.0.0.1", 0)
    first.listen()
    port = first.getsockname()[1]
    try:
        with pytest.raises(PortTaken, match=f"port {port} .* is taken .*--port {port + 1}"):
            bound("127.0.0.1", port)
    finally:
        first.close()


async def test_of_two_that_start_together_one_is_told() -> None:
    first = bound("127.0.0.1", 0)
    second = bound("127.0.0.1", first.getsockname()[1])
    first.listen()
    runner = web.AppRunner(web.Application())
    await runner.setup()
    with pytest.raises(PortTaken):
        await listen(runner, second)
    await runner.cleanup()
    await asyncio.to_thread(first.close)
    second.close()


def test_an_address_that_is_not_ours_is_named() -> None:
    with pytest.raises(PortTaken, match=r"203\.0\.113\.7"):
        bound("203.0.113.7", 0)
