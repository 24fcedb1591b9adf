"""Holdfast: turns a threat into a case you control."""
