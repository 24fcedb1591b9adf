"""Word lists per language, as data: see docs/assessment.md."""
