"""What the styles of a page hide: the small part of CSS that decides whether a text can be seen.

Only what mails use: style attributes and simple rules of <style>. What is not understood hides nothing.
"""

from __future__ import annotations

import re

_COLOURS = {"white": "ffffff", "black": "000000", "snow": "fffafa", "ivory": "fffff0", "transparent": ""}


def style_rules(css: str) -> dict[str, str]:
    """Declarations by simple selector (`.x`, `#x`, `x`). Rules for some screens only (@media) are not applied."""
    found: dict[str, str] = {}
    depth = 0
    media = -1
    selector = ""
    for piece in re.split(r"([{}])", css[:200_000]):
        if piece == "{":
            depth += 1
            if selector.lstrip().startswith("@") and media < 0:
                media = depth
        elif piece == "}":
            if depth == media:
                media = -1
            depth = max(0, depth - 1)
        elif depth and media < 0:
            for one in selector.split(","):
                name = one.strip().lower()
                if name and re.fullmatch(r"[a-z0-9]*[.#]?[a-z0-9_-]{1,60}", name):
                    name = name[name.find(".") :] if "." in name else name
                    found[name] = f"{found.get(name, '')};{piece}"[:4000]
        else:
            selector = piece.rpartition("-->")[2].rpartition("<!--")[2]
    return found


def declared_style(rules: dict[str, str], tag: str, attributes: dict[str, str]) -> dict[str, str]:
    """Declarations that hold for an element: those of the rules for it, then its own `style`."""
    texts = []
    if rules:
        names = [tag, *(f".{one.lower()}" for one in attributes.get("class", "").split()[:20])]
        texts = [rules[name] for name in (*names, f"#{attributes.get('id', '').lower()}") if name in rules]
    texts.append(attributes.get("style", ""))
    declared: dict[str, str] = {}
    for text in texts:
        for one in text[:8000].lower().split(";"):
            name, colon, value = one.partition(":")
            if colon:
                declared[name.strip()] = value.replace("!important", "").strip()
    return declared


def hides(declared: dict[str, str]) -> bool:
    """Whether declarations make text invisible by themselves: not shown, not visible, clear, or up to 1 px high."""
    size = re.match(r"0*([0-9.]{1,6})\s{0,3}(px|pt|em|rem|%)?", declared.get("font-size", ""))
    tiny = False
    if size:
        try:
            number = float(size[1])
        except ValueError:
            number = 99.0
        tiny = number == 0 or (number <= 1 and size[2] in ("px", "pt"))
    return (
        tiny
        or declared.get("display") == "none"
        or declared.get("visibility") == "hidden"
        or bool(re.fullmatch(r"0|0?\.0+|0\.0*[0-4][0-9]*", declared.get("opacity", "")))
        or declared.get("mso-hide") == "all"
        or (declared.get("overflow") == "hidden" and _nothing(declared.get("max-height", declared.get("height", ""))))
    )


def _nothing(length: str) -> bool:
    return bool(re.fullmatch(r"0(?:\.0)?(?:px|pt|em)?", length))


def colour_of(text: str) -> str | None:
    """Six hex digits, "" for transparent, None for what is not understood."""
    text = text.strip().lower()
    if text in _COLOURS:
        return _COLOURS[text]
    if match := re.fullmatch(r"#?([0-9a-f]{3}|[0-9a-f]{6})", text):
        digits = match[1]
        return digits if len(digits) == 6 else "".join(char * 2 for char in digits)
    if match := re.fullmatch(
        r"rgba?\(\s?([0-9]{1,3})\s?,\s?([0-9]{1,3})\s?,\s?([0-9]{1,3})(?:\s?,\s?([0-9.]{1,5}))?\s?\)", text
    ):
        if match[4] in ("0", "0.0"):
            return ""
        return "".join(f"{min(255, int(part)):02x}" for part in match.groups()[:3])
    return None


def same_colour(first: str, other: str) -> bool:
    """Whether nobody can tell two colours apart (six hex digits each)."""
    return all(abs(int(first[at : at + 2], 16) - int(other[at : at + 2], 16)) <= 3 for at in (0, 2, 4))
