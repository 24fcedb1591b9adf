"""Holdfast: turns a threat into a case you control. Nothing is sent anywhere.

    holdfast.read(["chat.zip"], me=["Maya"])            parts, items in file order, one summary at the end
    holdfast.assess(["chat.zip"])                       what is threatened and demanded, every quote cited
    holdfast.assess_text("pay or I post it")            the same of one text, without places
    holdfast.plan("pk", day=date(2026, 11, 20))         what to do now, today, this week
    holdfast.verify("bundle")                           is a case or a bundle still as it was
    holdfast.Case.new(...), Case.open(...)              a case: add, assess, plan, dossier, bundle

Names are loaded when first asked for, so that a plan needs no vault and a reader no typesetter.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from holdfast.assessment import assess_text
    from holdfast.case import Case
    from holdfast.case.public import assess, plan, read, verify
    from holdfast.errors import HoldfastError
    from holdfast.model import Demand, Finding, Furniture, Gap, Message, When

_WHERE = {
    "Case": "case",
    "Demand": "model",
    "Finding": "model",
    "Furniture": "model",
    "Gap": "model",
    "HoldfastError": "errors",
    "Message": "model",
    "When": "model",
    "assess": "case.public",
    "assess_text": "assessment",
    "plan": "case.public",
    "read": "case.public",
    "verify": "case.public",
}

__all__ = [
    "Case",
    "Demand",
    "Finding",
    "Furniture",
    "Gap",
    "HoldfastError",
    "Message",
    "When",
    "assess",
    "assess_text",
    "plan",
    "read",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'holdfast' has no attribute {name!r}")
    return getattr(importlib.import_module(f"holdfast.{_WHERE[name]}"), name)
