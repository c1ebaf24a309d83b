"""What tests of several rooms share."""

import pytest

from bot.fitting.fit import fit_here
from bot.matching.matcher import ContentMatcher
from tests.small_shop import OUT_OF_SCOPE, shop


@pytest.fixture(scope="session")
def matcher() -> ContentMatcher:
    return fit_here(shop(), OUT_OF_SCOPE, ["en"])
