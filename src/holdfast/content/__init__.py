"""Knowledge as data: countries, platforms, payments, security, steps, questions. Words in files, rules in code."""

from holdfast.content.library import Content, Shelf, load
from holdfast.content.problems import Problem, check

__all__ = ["Content", "Problem", "Shelf", "check", "load"]
