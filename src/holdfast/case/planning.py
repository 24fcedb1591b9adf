"""A plan for anyone in a place, without a case. Loads content and guidance and nothing else: somebody waits for it."""

from __future__ import annotations

from datetime import date

from holdfast import content, guidance
from holdfast.model import Plan
from holdfast.outputs.plan_page import plan_markdown
from holdfast.outputs.plan_page import plan_text as plan_words


def plan(*, place: str, day: date, language: str = "en") -> Plan:
    """What to do now, today, this week, for anyone in that place."""
    return guidance.plan(content.load(), place=place, day=day, language=language)


def plan_text(made: Plan, *, markdown: bool) -> str:
    """A plan as words for a screen, or as markdown with numbered sources."""
    return plan_markdown(made) if markdown else plan_words(made)


def place_told(place: str) -> str:
    """How a place that was typed is understood, in a sentence."""
    found = guidance.where(content.load(), place)
    if found.known:
        return f"Your place: {found.name}."
    return "Nothing is collected for that place yet. Your plan will use what holds across borders."
