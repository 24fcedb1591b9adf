"""The lines of a page as text: where blanks and breaks are seen and where they are not."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Paper:
    """Lines as they come: breaks wanted by blocks melt into one, breaks of <br> and <pre> all count (two at most show)."""

    lines: list[str] = field(default_factory=list)
    current: list[str] = field(default_factory=list)
    quoted: int = 0
    wanted: int = 0

    def write(self, text: str, quoted: int, pre: bool = False) -> None:
        for number, piece in enumerate(text.split("\n")):
            if number:
                self.line()
            if not pre:
                # Blanks at the start of a line, or after another blank, are not seen.
                if not self.current:
                    piece = piece.lstrip(" \t")
                elif self.current[-1][-1] in " \t":
                    piece = piece.lstrip(" ")
            if piece:
                if not self.current:
                    self.quoted = quoted
                self.current.append(piece)

    def line(self) -> None:
        """Ends the line as <br> does."""
        if not self.current and self.lines and not self.lines[-1]:
            return
        if self.wanted and self.lines and self.lines[-1] and self.current:
            self.lines.append("")
        self.wanted = 0
        text = "".join(self.current).rstrip(" \t")
        self.lines.append("> " * self.quoted + text if text else "")
        self.current.clear()

    def block(self, lines: int) -> None:
        """Ends the line as a block does: `lines` 2 wants an empty line before what follows."""
        if self.current:
            self.line()
        self.wanted = max(self.wanted, lines - 1)

    def text(self) -> str:
        self.block(1)
        return "\n".join(self.lines).strip("\n")
