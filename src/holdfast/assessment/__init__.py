"""Messages -> findings -> facts: what is threatened, demanded, by when, by whom. See docs/assessment.md."""

from holdfast.assessment.facts import FACTS, facts
from holdfast.assessment.lexicon import languages
from holdfast.assessment.offences import may_apply
from holdfast.assessment.pipeline import assess, assess_text

__all__ = ["FACTS", "assess", "assess_text", "facts", "languages", "may_apply"]
