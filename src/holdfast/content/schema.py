"""The shapes of all content, in one place for whoever reads it."""

from holdfast.content.country import (
    Country,
    Emergency,
    Evidence,
    Minors,
    Offence,
    Route,
    State,
    Support,
    TurnsAgainst,
)
from holdfast.content.dates import RoughDate
from holdfast.content.letter import Letter
from holdfast.content.payment import Payment
from holdfast.content.platform import Platform
from holdfast.content.question import Answer, Question
from holdfast.content.security import Security
from holdfast.content.step import Step, When

__all__ = [
    "Answer",
    "Country",
    "Emergency",
    "Evidence",
    "Letter",
    "Minors",
    "Offence",
    "Payment",
    "Platform",
    "Question",
    "RoughDate",
    "Route",
    "Security",
    "State",
    "Step",
    "Support",
    "TurnsAgainst",
    "When",
]
