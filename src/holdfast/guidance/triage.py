"""The calm questions, one at a time, and what their answers make true. Every question may be left unanswered."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from holdfast.content import Content
from holdfast.content.schema import Answer, Question
from holdfast.guidance.places import where
from holdfast.model import Fact

Answers = Mapping[str, str | Collection[str]]


def questions(content: Content, answers: Answers, *, place: str = "") -> Question | None:
    """The next question not yet answered, or None. Ways of payment that do not exist in `place` are not offered."""
    for question in content.questions:
        if question.id not in answers:
            names = {fact.name for fact in facts_from_answers(content, answers)}
            if question.when.holds(names):
                return _offered(content, question, place) if place else question
    return None


def facts_from_answers(content: Content, answers: Answers) -> tuple[Fact, ...]:
    """What the answers make true, each with the question it came from. Unknown questions and answers make nothing true."""
    because: dict[str, list[str]] = {}
    for question in content.questions:
        given = answers.get(question.id, ())
        chosen = {given} if isinstance(given, str) else set(given)
        for answer in question.answer:
            if answer.id in chosen:
                for name in answer.facts:
                    because.setdefault(name, []).append(f"answer:{question.id}")
    return tuple(Fact(name=name, because=tuple(reasons)) for name, reasons in because.items())


def _offered(content: Content, question: Question, place: str) -> Question:
    here = where(content, place)

    def usable(answer: Answer) -> bool:
        rails = [name.removeprefix("paid_").replace("_", "-") for name in answer.facts if name.startswith("paid_")]
        known = [content.payments[rail] for rail in rails if rail in content.payments]
        return not known or any(here.covers(region) for rail in known for region in rail.regions)

    return msgspec.structs.replace(question, answer=tuple(answer for answer in question.answer if usable(answer)))
