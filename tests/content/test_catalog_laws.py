"""Nothing in a file raises: any tree and any text loads, or has problems that name their file."""

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.content.catalog import load_sources
from bot.errors import Problem
from tests.content.test_catalog import BOTH

WORDS = """
intents templates nlu responses entities out_of_scope phrases
examples en any sv keywords all none regex text ask
question values pattern buttons title intent url answers mode auto fills action channels web variants tip
utter_a a {a} {a|b} - slots version role human order_status rephrase
"""
NAMES = st.sampled_from(WORDS.split())
TREES = st.recursive(
    NAMES | st.text(max_size=5) | st.none() | st.integers() | st.floats() | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(max_size=3), inner, max_size=5)
    ),
    max_leaves=30,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TREES, TREES)
@example({"intents": {"a": {"regex": {"any": ["a**"]}}}}, {"responses": {"utter_a": [{"text": ["x"]}]}})
@example({"nlu": [{"intent": ["a"], "examples": {}}]}, {"responses": []})
def test_any_tree_at_all_loads_or_has_problems(intents: object, templates: object) -> None:
    sources = {
        "intents/a.yml": yaml.safe_dump(intents, allow_unicode=True),
        "templates/a.yml": yaml.safe_dump(templates, allow_unicode=True),
    }
    loaded = load_sources(sources, ["en", "sv"], ["web", "telegram"], teams=[])
    assert (loaded.content is None) == bool(loaded.errors)
    assert all(isinstance(problem, Problem) and problem.file for problem in loaded.problems)


@pytest.mark.parametrize("file", ["intents/a.yml", "templates/a.yml"])
@given(text=st.text(max_size=80))
def test_any_text_at_all_loads_or_has_problems(file: str, text: str) -> None:
    loaded = load_sources({**BOTH, file: text}, ["en", "sv"], ["web"])
    assert (loaded.content is None) == bool(loaded.errors)
