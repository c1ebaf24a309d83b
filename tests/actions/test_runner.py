import asyncio
import textwrap
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.actions.protocol import ActionResult
from bot.actions.runner import ActionRunner
from bot.conversations.conversation import Asked
from bot.model import Message

numbers = count()
LIMIT = 400

MESSAGES = (
    Message("c1", 1, "customer", "where is my order", 1_700_000_000_000, external_id="m1"),
    Message("c1", 2, "bot", "Which one?", 1_700_000_000_500),
    Message("c1", 3, "customer", "A123456", 1_700_000_001_000),
)
ASKED = Asked("order_status", "order_status", "examples", 0.8, "where is my order")

Make = Callable[..., ActionRunner]


@dataclass(frozen=True)
class Thread:
    id: str = "c1"
    channel: str = "web"
    language: str = "sv"


@pytest.fixture
async def make(tmp_path: Path) -> AsyncIterator[Make]:
    """A runner over a package whose modules are given as text; each has a name of its own."""
    runners: list[ActionRunner] = []

    def make(limit: int = LIMIT, **modules: str) -> ActionRunner:
        package = f"shop_actions_{next(numbers)}"
        (tmp_path / package).mkdir()
        for name, text in {"__init__": "", **modules}.items():
            (tmp_path / package / f"{name}.py").write_text(textwrap.dedent(text))
        runners.append(ActionRunner(package, limit, folder=tmp_path))
        return runners[-1]

    yield make
    for runner in runners:
        await runner.close()


async def run(
    runner: ActionRunner, action: str = "act", slots: Mapping[str, str] | None = None
) -> ActionResult:
    return await runner.run(action, Thread(), MESSAGES, slots or {}, {"slots": {}}, asked=ASKED)


def action(
    body: str = "pass", head: str = "def run(self, dispatcher, tracker, domain):", imports: str = ""
) -> str:
    """A module with one action, `act`."""
    lines = [imports, "class Act:", "    def name(self):", "        return 'act'", f"    {head}"]
    return "\n".join([*lines, textwrap.indent(textwrap.dedent(body), " " * 8)])


async def test_an_action_reads_slots_and_sets_others_and_speaks(make: Make) -> None:
    runner = make(
        orders=action(
            """
            dispatcher.utter_message(text="Found " + tracker.get_slot("order_number"))
            return [{"event": "slot", "name": "status", "value": "sent"}, {"event": "pause"}]
            """
        )
    )
    assert runner.names() == ("act",) and runner.problems == ()
    result = await run(runner, slots={"order_number": "A123456"})
    assert result == ActionResult({"status": "sent"}, ("Found A123456",))


async def test_a_coroutine_is_an_action_too_and_none_is_no_events(make: Make) -> None:
    body = "await asyncio.sleep(0)\ndispatcher.utter_message('Done')"
    runner = make(one=action(body, "async def run(self, dispatcher, tracker, domain):", "import asyncio"))
    assert await run(runner) == ActionResult({}, ("Done",))


async def test_slots_become_text(make: Make) -> None:
    body = """
        values = {"n": 3, "f": 1.5, "b": True, "none": None, "list": ["å", 1]}
        return [{"event": "slot", "name": name, "value": value} for name, value in values.items()]
        """
    result = await run(make(one=action(body)))
    assert result.slots == {"n": "3", "f": "1.5", "b": "True", "none": None, "list": '["å", 1]'}


async def test_an_action_sees_the_conversation_as_rasa_shows_it(make: Make) -> None:
    body = """
        import json
        state = tracker.current_state()
        state["more"] = [tracker.get_intent_of_latest_message(), tracker.get_latest_input_channel()]
        state["more"] += [list(tracker.get_latest_entity_values("order_number")), list(domain)]
        tracker.slots["order_number"] = "changed"
        dispatcher.utter_message(text=json.dumps(state))
        """
    slots = {"order_number": "A123456"}
    [said] = (await run(make(one=action(body)), slots=slots)).says
    for part in ('"sender_id": "c1"', '"intent": {"name": "order_status", "confidence": 0.8}', '"timestamp"'):
        assert part in said
    assert '"text": "where is my order"' in said and '["order_status", "web", ["A123456"], ["slots"]]' in said
    assert slots == {"order_number": "A123456"}


async def test_the_response_has_the_shape_of_rasas_action_server(make: Make) -> None:
    body = "dispatcher.utter_message(text='Hi', template='utter_hi', image='x.png', extra=1)"
    runner = make(one=action(body))
    tracker: dict[str, Any] = {
        "sender_id": "c1",
        "slots": {},
        "latest_message": {},
        "events": [],
        "followup_action": None,
    }
    tracker |= {"active_loop": {}, "latest_action_name": "action_listen", "latest_input_channel": "web"}
    response = await runner.respond({"next_action": "act", "tracker": tracker, "domain": {}})
    said: dict[str, Any] = {"text": "Hi", "buttons": [], "elements": [], "custom": {}, "template": "utter_hi"}
    said |= {"response": "utter_hi", "image": "x.png", "attachment": None, "extra": 1}
    assert response == {"events": [], "responses": [said]}


async def test_an_error_is_a_failed_result_that_names_the_place(make: Make) -> None:
    result = await run(make(one=action("return {}['x']")))
    assert result.failed == "action `act` failed: KeyError: 'x' (one.py:6)"


@pytest.mark.parametrize(
    ("returned", "failed"),
    [("['x']", "an event is a dict"), ("7", "not iterable"), ("[{'event': 'slot'}]", "KeyError: 'name'")],
)
async def test_what_is_no_list_of_events_is_a_failed_result(make: Make, returned: str, failed: str) -> None:
    assert failed in (await run(make(one=action(f"return {returned}")))).failed


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("def run(self, dispatcher, tracker, domain):", "import time\ntime.sleep(1)"),
        ("async def run(self, dispatcher, tracker, domain):", "import asyncio\nawait asyncio.sleep(60)"),
        ("async def run(self, dispatcher, tracker, domain):", "import time\ntime.sleep(2)"),
    ],
    ids=["a thread", "a coroutine", "a coroutine that blocks"],
)
async def test_a_slow_action_fails_in_time_and_the_bot_goes_on(make: Make, head: str, body: str) -> None:
    runner = make(200, slow=action(body, head))
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    ticking = asyncio.create_task(tick())
    began = time.monotonic()
    result = await run(runner)
    ticking.cancel()
    assert result.failed == "action `act` took longer than 0.2 s"
    assert time.monotonic() - began < 1
    assert ticks > 10


async def test_after_an_action_that_blocked_the_next_one_runs(make: Make) -> None:
    head = "async def run(self, dispatcher, tracker, domain):"
    runner = make(
        200,
        slow=action("import time\ntime.sleep(2)", head),
        quick=action("dispatcher.utter_message('Here')", head).replace("'act'", "'quick'"),
    )
    assert (await run(runner)).failed
    assert (await run(runner, "quick")).says == ("Here",)


async def test_a_timeout_of_the_actions_own_is_its_error(make: Make) -> None:
    result = await run(make(one=action("raise TimeoutError('the shop did not answer')")))
    assert "TimeoutError: the shop did not answer" in result.failed


async def test_an_action_that_is_not_there_is_named_with_the_nearest(make: Make) -> None:
    result = await run(make(one=action()), "atc")
    assert result.failed == "there is no action `atc`; did you mean `act`?"


async def test_many_actions_run_side_by_side(make: Make) -> None:
    runner = make(2_000, one=action("import time\ntime.sleep(0.2)"))
    began = time.monotonic()
    results = await asyncio.gather(*(run(runner) for _ in range(10)))
    assert not any(result.failed for result in results)
    assert time.monotonic() - began < 1.5


def test_a_module_that_cannot_be_imported_is_a_problem_and_the_others_work(make: Make) -> None:
    runner = make(
        good=action(),
        typo="import os\n\ndef f(:\n    pass\n",
        missing="import os\nimport no_such_library\n",
        raises="x = 1\n\nprint(1 / 0)\n",
        leaves="raise SystemExit(1)\n",
    )
    assert runner.names() == ("act",)
    found = {Path(problem.file).name: (problem.line, problem.message) for problem in runner.problems}
    assert {name: line for name, (line, _) in found.items()} == {
        "typo.py": 3,
        "missing.py": 2,
        "raises.py": 3,
        "leaves.py": 1,
    }
    assert "ModuleNotFoundError: No module named 'no_such_library'" in found["missing.py"][1]


def test_a_class_that_cannot_be_made_or_has_no_name_is_a_problem(make: Make) -> None:
    run = "    def run(self, dispatcher, tracker, domain): ...\n"
    runner = make(
        a="class Needs:\n    def __init__(self, x): ...\n    def name(self): return 'n'\n" + run,
        b="class Nameless:\n    def name(self): return None\n" + run,
        c=action(),
        d="import os\n" + action(),
    )
    assert runner.names() == ("act",)
    places = [(Path(one.file).name, one.line) for one in runner.problems]
    assert places == [("a.py", 1), ("b.py", 1), ("d.py", 3)]


def test_parents_of_actions_and_imported_classes_are_no_actions(make: Make) -> None:
    parent = """
        class Action:
            def name(self): raise NotImplementedError
            def run(self, dispatcher, tracker, domain): raise NotImplementedError
        """
    child = "from .parent import Action\n" + action().replace("Act:", "Act(Action):")
    runner = make(parent=parent, one=child)
    assert runner.names() == ("act",) and runner.problems == ()


def test_a_package_that_is_not_there_is_a_problem() -> None:
    runner = ActionRunner("no_such_actions", LIMIT)
    assert runner.names() == ()
    assert [problem.message for problem in runner.problems] == ["there is no module `no_such_actions`"]


async def test_the_bundled_actions_are_found_and_run() -> None:
    runner = ActionRunner("bot.actions", LIMIT)
    assert runner.problems == () and "look_up_order" in runner.names()
    result: Any = await run(runner, "look_up_order", {"order_number": "X000000"})
    assert not result.failed and result.slots["order_number"] is None
    await runner.close()


async def test_an_action_of_the_rasa_sdk_runs_unchanged(make: Make) -> None:
    pytest.importorskip("rasa_sdk", reason="the extra `rasa` is not installed")
    text = """
        from rasa_sdk import Action
        from rasa_sdk.events import SlotSet

        class Act(Action):
            def name(self):
                return "act"

            def run(self, dispatcher, tracker, domain):
                dispatcher.utter_message(text="From the SDK")
                return [SlotSet("status", tracker.get_slot("order_number"))]
        """
    result = await run(make(one=text), slots={"order_number": "A1"})
    assert result == ActionResult({"status": "A1"}, ("From the SDK",))
