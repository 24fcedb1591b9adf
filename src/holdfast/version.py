VERSION = "0.1.0"
"""Of the program; readers carry their own."""
