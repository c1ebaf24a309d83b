"""The whole: started, asked, reloaded, broken, and started again."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.app import App
from bot.errors import ContentBroken
from tests.small import TEMPLATES, configured, running, write_project

HOURS = "We are open from 9 to 5."


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fitted models, shared by the tests here."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture
def project(tmp_path: Path, models: Path) -> Path:
    folder = write_project(tmp_path)
    (folder / "var").mkdir()
    (folder / "var" / "models").symlink_to(models)
    return folder


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def settings(project: Path, **changes: Any) -> Any:
    return configured(project, project / "var" / "test.sqlite3", **changes)


async def ask(http: aiohttp.ClientSession, app: App, text: str, sender: str = "ann") -> str:
    body = {"sender": sender, "message": text}
    async with http.post(f"{app.url}/webhooks/rest/webhook", json=body) as response:
        assert response.status == 200, await response.text()
        return str((await response.json())[0]["text"])


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(15):
        while not await true():  # noqa: ASYNC110
            await asyncio.sleep(0.1)


def save(project: Path, templates: str) -> None:
    (project / "templates" / "small.yml").write_text(templates, "utf-8")


async def test_health_and_metrics_tell_how_things_stand(project: Path, http: aiohttp.ClientSession) -> None:
    async with running(settings(project)) as app:
        await ask(http, app, "what are your opening hours")
        await ask(http, app, "a person please", "bo")
        async with http.get(f"{app.url}/health") as response:
            health = await response.json()
            assert response.status == 200
        assert (health["status"], health["database"], health["problems"], health["waiting"]) == (
            "ok",
            "ok",
            0,
            1,
        )
        assert health["content"] == app.knowledge().content.hash
        async with http.get(f"{app.url}/metrics") as response:
            text = await response.text()
        for line in (
            'frontdesk_messages_total{author="customer",channel="rest"} 2.0',
            'frontdesk_outcomes{outcome="pending"} 1.0',
            "frontdesk_handoffs_waiting 1.0",
            "frontdesk_web_sockets 0.0",
            'frontdesk_content_problems{severity="error"} 0.0',
        ):
            assert line in text


async def test_a_saved_file_is_used_by_the_next_message(project: Path, http: aiohttp.ClientSession) -> None:
    async with running(settings(project)) as app:
        assert await ask(http, app, "what are your opening hours") == HOURS
        save(project, TEMPLATES.replace("from 9 to 5", "around the clock"))
        before = app.knowledge().content.hash

        async def changed() -> bool:
            return app.knowledge().content.hash != before

        await until(changed)
        assert await ask(http, app, "what are your opening hours", "bo") == "We are open around the clock."


async def test_a_new_intent_needs_no_restart(project: Path, http: aiohttp.ClientSession) -> None:
    async with running(settings(project)) as app:
        (project / "intents" / "more.yml").write_text(
            "intents: {parking: {examples: {en: [where can I park, is there a car park, parking space]}}}\n"
        )
        (project / "templates" / "more.yml").write_text(
            'templates: {parking: {answers: parking, text: {en: "Behind the house."}}}\n'
        )

        async def known() -> bool:
            return "parking" in app.knowledge().content.templates

        await until(known)
        assert await ask(http, app, "where can I park my car") == "Behind the house."


async def test_a_broken_save_keeps_the_last_good_content_and_says_what_is_wrong(
    project: Path, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(settings(project)) as app:
        save(project, TEMPLATES.replace("answers: hours", "answers: horus"))

        async def noticed() -> bool:
            return bool(app.health.problems())

        await until(noticed)
        (problem,) = [one for one in app.health.problems() if one.severity == "error"]
        assert str(problem) in caplog.text
        assert (problem.file, problem.line, problem.hint) == (
            "templates/small.yml",
            3,
            "did you mean `hours`?",
        )
        assert await ask(http, app, "what are your opening hours") == HOURS
        async with http.get(f"{app.url}/health") as response:
            assert (await response.json())["problems"] == 1

        save(project, TEMPLATES)

        async def mended() -> bool:
            return not app.health.problems()

        await until(mended)


async def test_after_a_restart_on_broken_files_the_last_good_content_answers(
    project: Path, http: aiohttp.ClientSession
) -> None:
    async with running(settings(project)):
        pass
    save(project, "templates: [")
    async with running(settings(project)) as app:
        assert app.health.problems()
        assert await ask(http, app, "what are your opening hours") == HOURS
        save(project, TEMPLATES.replace("from 9 to 5", "again"))

        async def mended() -> bool:
            return not app.health.problems()

        await until(mended)
        assert await ask(http, app, "what are your opening hours", "bo") == "We are open again."


async def test_broken_files_and_no_last_good_content_are_refused(project: Path) -> None:
    save(project, "templates: [")
    with pytest.raises(ContentBroken, match=r"templates/small\.yml"):
        async with running(settings(project)):
            pass


async def test_a_template_whose_action_is_missing_is_a_problem(project: Path) -> None:
    save(project, TEMPLATES.replace("action: small_weather", "action: big_weather"))
    async with running(settings(project)) as app:
        (problem,) = app.health.problems()
        assert (problem.code, problem.severity) == ("unknown_action", "warning")
        assert "small_weather" in problem.hint


async def test_channels_can_be_switched_off(project: Path, http: aiohttp.ClientSession) -> None:
    async with running(settings(project, web={"enabled": False}, rest={"enabled": False})) as app:
        for path in ("/webhooks/rest/", "/channels/web/socket"):
            async with http.get(f"{app.url}{path}") as response:
                assert response.status == 404


async def test_conversations_outlive_a_restart(project: Path, http: aiohttp.ClientSession) -> None:
    async with running(settings(project)) as app:
        assert await ask(http, app, "knit me a jumper") == "Which colour?"
    async with running(settings(project)) as app:
        assert await ask(http, app, "red") == "A red jumper for you."
