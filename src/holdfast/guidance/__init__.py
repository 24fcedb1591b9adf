"""From facts and answers to a plan: what to do, in which order, who to call, which law may apply."""

from holdfast.guidance.order import ordered
from holdfast.guidance.places import Where, where
from holdfast.guidance.plan import OWN_FACTS, plan
from holdfast.guidance.triage import facts_from_answers, questions

__all__ = ["OWN_FACTS", "Where", "facts_from_answers", "ordered", "plan", "questions", "where"]
