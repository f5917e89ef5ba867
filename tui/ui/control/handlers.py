"""The registry's actions and the methods that do them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Handler = Callable[[], Any]


def handlers(*controllers: object) -> dict[str, Handler]:
    """The method of each action, from the controllers' ``do_<action>``."""
    return {
        name.removeprefix("do_"): getattr(controller, name)
        for controller in controllers
        for name in dir(controller)
        if name.startswith("do_")
    }
