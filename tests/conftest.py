"""What tests of several rooms share."""

import pytest

from bot.fitting import sentences
from bot.fitting.fit import fit_here
from bot.matching import semantic
from bot.matching.matcher import ContentMatcher
from bot.model import Taught
from tests.sentence_model import Topics
from tests.small_shop import OUT_OF_SCOPE, shop


@pytest.fixture(scope="session")
def matcher() -> ContentMatcher:
    return fit_here(Taught(shop(), OUT_OF_SCOPE, ["en"]))


@pytest.fixture
def topics(monkeypatch: pytest.MonkeyPatch) -> Topics:
    """The stand-in in place of every sentence model."""
    stand_in = Topics()
    for module in (semantic, sentences):
        monkeypatch.setattr(module, "embedder", lambda language: stand_in)
    return stand_in
