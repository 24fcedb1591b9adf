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

__all__ = [
    "Country",
    "Emergency",
    "Evidence",
    "Minors",
    "Offence",
    "RoughDate",
    "Route",
    "State",
    "Support",
    "TurnsAgainst",
]
