"""What tests of several rooms share."""

import pytest

from bot.fitting.fit import fit_here
from bot.matching.matcher import ContentMatcher
from bot.model import Taught
from tests.small_shop import OUT_OF_SCOPE, shop


@pytest.fixture(scope="session")
def matcher() -> ContentMatcher:
    return fit_here(Taught(shop(), OUT_OF_SCOPE, ["en"]))
