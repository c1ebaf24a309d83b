"""The actions of the stories: the demo shop's, one that breaks, and one that takes too long."""

import time
from typing import Any

from bot.actions import look_up_order


class LookUpOrder(look_up_order.LookUpOrder):
    """The demo shop's own."""


class Breaks:
    """Raises an error."""

    def name(self) -> str:
        """The name that the template uses."""
        return "story_breaks"

    def run(self, dispatcher: Any, tracker: Any, domain: Any) -> Any:
        """Break."""
        raise RuntimeError("the diary is lost")


class Dawdles:
    """Takes longer than the deployment allows."""

    def name(self) -> str:
        """The name that the template uses."""
        return "story_dawdles"

    def run(self, dispatcher: Any, tracker: Any, domain: Any) -> Any:
        """Take two seconds."""
        time.sleep(2)
        return []
