"""HTML to the text a person sees: hidden text left out and counted, links shown with where they go.

A scanner of our own, linear in the size of the page: html.parser of older Pythons is quadratic on hostile pages. Nothing is
fetched, nothing runs. Rules of what is hidden: display:none, visibility:hidden, opacity 0, font-size up to 1 px, the `hidden`
attribute, mso-hide:all, text in the colour of its background, in style attributes and in simple rules of <style>.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from holdfast.readers._html_paper import Paper
from holdfast.readers._html_style import colour_of, declared_style, hides, same_colour, style_rules
from holdfast.readers._mail_charset import whole

_DROPPED = {"script", "style", "title", "template", "noscript", "object", "svg", "math", "iframe", "textarea", "select"}
_RAWTEXT = {"script", "style", "title", "textarea", "iframe", "noscript", "xmp"}
_BLOCKS = {
    "address", "article", "aside", "body", "center", "dd", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "menu", "nav", "ol", "pre", "section",
    "table", "tbody", "tfoot", "thead", "tr", "ul", "caption", "blockquote", "p", "summary", "details",
}  # fmt: skip
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table", "pre"}
_VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "param",
    "source",
    "track",
    "wbr",
    "basefont",
}
_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9:_-]{0,40})")
_ATTRIBUTE = re.compile(r"([^\s=\"'>/]{1,80})(?:\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_HUGE_NUMBER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")
_PAIR = re.compile(r"&#(5[56][0-9]{3});&#(5[67][0-9]{3});")
_NUMERIC = re.compile(r"&#(?:[0-9]{2,7}(?![0-9])|[xX][0-9a-fA-F]{2,6}(?![0-9a-fA-F]));?")
_NOISE = "\u200b\u2060\ufeff\u00ad"
_NOISE_IN_WORD = re.compile(f"[^\\W_][{_NOISE}]+[^\\W_]")
_QUOTE_OR_END = re.compile(r"[\"'>]")
MAX_STACK = 400
MAX_TAGS = 200_000  # the longest real pages in mails have some ten thousand


@dataclass(frozen=True, slots=True)
class Seen:
    """`text` as seen; `hidden` the text that was left out because nobody sees it; `pictures` how many <img> there are;
    `twice` whether entities were encoded twice; `cut` how many characters after `MAX_TAGS` tags were not read."""

    text: str
    hidden: str = ""
    pictures: int = 0
    twice: bool = False
    cut: int = 0


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    hidden: bool
    dropped: bool
    colour: str
    ground: str
    link: str
    link_at: int
    quoted: int
    pre: bool


_ROOT = _Open("", False, False, "000000", "ffffff", "", 0, 0, False)


@dataclass(slots=True)
class _Page:
    paper: Paper = field(default_factory=Paper)
    written: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=lambda: [_ROOT])
    rules: dict[str, str] = field(default_factory=dict)
    pictures: int = 0
    twice: bool = False


def unescape(text: str) -> str:
    """Character references decoded. Pairs of surrogate numbers (`&#55357;&#56832;`) become their character."""
    if "&" not in text:
        return text
    text = _HUGE_NUMBER.sub("\ufffd", text)
    text = _PAIR.sub(lambda m: whole(chr(int(m[1])) + chr(int(m[2]))), text)
    return whole(html.unescape(text))


def unescape_numeric(text: str) -> str:
    """Only numeric references decoded: for plain text, where `&amp;` may be meant."""
    if "&#" not in text:
        return text
    text = _PAIR.sub(lambda m: whole(chr(int(m[1])) + chr(int(m[2]))), text)
    return whole(_NUMERIC.sub(lambda m: html.unescape(m[0]), text))


def seen_text(page: str) -> Seen:
    """What a person sees of a page. Never raises."""
    state = _Page()
    at = 0
    size = len(page)
    tags = 0
    while at < size:
        tags += 1
        if tags > MAX_TAGS:
            break
        start = page.find("<", at)
        if start < 0:
            _text(state, page[at:])
            at = size
            break
        if start > at:
            _text(state, page[at:start])
        if page.startswith("<!--", start):
            stop = page.find("-->", start + 4)
            # An unclosed comment hides the rest of the page, as in browsers.
            if stop < 0:
                _note_hidden(state, page[start + 4 :])
                at = size
                break
            at = stop + 3
            continue
        match = _NAME.match(page, start + 1)
        if match is None:
            if page[start + 1 : start + 2] in ("!", "?", "/"):
                stop = page.find(">", start)
                at = size if stop < 0 else stop + 1
            else:
                _text(state, "<")
                at = start + 1
            continue
        tag = match[1].lower()
        stop = _tag_end(page, match.end())
        if stop == size:
            # A tag that never ends swallows the rest, as in browsers.
            _note_hidden(state, page[match.end() :])
            at = size
            break
        if page[start + 1] == "/":
            _close(state, tag)
        else:
            attributes = _attributes(page[match.end() : stop])
            _open(state, tag, attributes)
            if tag in _RAWTEXT:
                stop = _raw_text(state, page, tag, stop)
        at = stop + 1
    while len(state.stack) > 1:
        _leave(state)
    return _finished(state, max(0, size - at))


def _tag_end(page: str, at: int) -> int:
    """Offset of the `>` that ends a tag; quotes respected only where they close within 64 Ki characters."""
    stop = page.find(">", at)
    if stop < 0:
        return len(page)
    limit = min(len(page), at + 65536)
    scan = at
    while True:
        quote = _QUOTE_OR_END.search(page, scan, limit)
        if quote is None or quote[0] == ">":
            return quote.start() if quote else stop
        # Only a value after `=` is quoted; any other quote is a stray.
        if page[scan : quote.start()].rstrip()[-1:] != "=":
            scan = quote.start() + 1
            continue
        close = page.find(quote[0], quote.end(), limit)
        if close < 0:
            return stop
        scan = close + 1


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text[:65536]):
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), unescape(value))
    return found


def _raw_text(state: _Page, page: str, tag: str, stop: int) -> int:
    end = re.compile(f"</{tag}", re.IGNORECASE).search(page, stop + 1)
    inside = page[stop + 1 : end.start() if end else len(page)]
    if tag == "style":
        state.rules.update(style_rules(inside))
    _close(state, tag)
    if end is None:
        return len(page)
    close = page.find(">", end.end())
    return len(page) if close < 0 else close


def _open(state: _Page, tag: str, attributes: dict[str, str]) -> None:
    top = state.stack[-1]
    if tag in ("p", "li", "tr", "td", "th", "dt", "dd", "option") and top.tag == tag:
        _close(state, tag)
        top = state.stack[-1]
    if tag == "br":
        _write(state, "\n")
        return
    if tag in _BLOCKS:
        _break(state, 2 if tag in _PARAGRAPHS else 1)
    if tag in ("td", "th"):
        _write(state, "\t")
    if tag == "li":
        _write(state, "- ")
    if tag == "img":
        state.pictures += 1
    if tag in _VOID:
        return
    if len(state.stack) >= MAX_STACK:
        return
    if not attributes and not state.rules:
        gone = top.dropped or tag in _DROPPED
        pre = top.pre or tag == "pre"
        state.stack.append(
            _Open(tag, top.hidden or gone, gone, top.colour, top.ground, "", len(state.written), top.quoted, pre)
        )
        return
    declared = declared_style(state.rules, tag, attributes)
    colour, ground, tinted = top.colour, top.ground, False
    picture = "background-image" in declared or "url(" in declared.get("background", "") or "background" in attributes
    for value in (attributes.get("bgcolor"), declared.get("background-color"), declared.get("background")):
        found = colour_of(value) if value else None
        if found:
            ground = found
        elif value and found is None:
            ground = "?"
    if picture:
        ground = "?"
    for value in (attributes.get("color") if tag == "font" else attributes.get("text"), declared.get("color")):
        found = colour_of(value) if value else None
        if found is not None:
            colour, tinted = found, True
        elif value:
            colour = "?"
    same = colour == "" or (colour != "?" and ground not in ("", "?") and same_colour(colour, ground))
    smaller = hides(declared)
    # An inner element may be shown again inside tiny or invisible text, but never inside display:none.
    shown_again = top.hidden and not top.dropped and ("font-size" in declared or "color" in declared or tinted) and not smaller
    hidden = "hidden" in attributes or smaller or same or (top.hidden and not shown_again)
    if tag == "input":
        hidden = True
    gone = top.dropped or tag in _DROPPED or declared.get("display") == "none" or "hidden" in attributes
    link = attributes.get("href", "").strip() if tag == "a" else ""
    kinds = {"gmail_quote", "protonmail_quote", "yahoo_quoted", "moz-cite-prefix"}
    classes = set(attributes.get("class", "").split())
    quote = tag == "blockquote" and (attributes.get("type", "").lower() == "cite" or bool(classes & kinds))
    pre = top.pre or tag in ("pre", "xmp") or declared.get("white-space", "").startswith("pre")
    state.stack.append(_Open(tag, hidden or gone, gone, colour, ground, link, len(state.written), top.quoted + quote, pre))


def _close(state: _Page, tag: str) -> None:
    if tag in ("br", "p") and all(one.tag != tag for one in state.stack[-20:]):
        _break(state, 1)
        return
    # Looking no further than this keeps a page of stray end tags linear.
    for back in range(1, min(len(state.stack), 60)):
        if state.stack[-back].tag == tag:
            for _ in range(back):
                _leave(state)
            return


def _leave(state: _Page) -> None:
    left = state.stack.pop()
    if left.link and not left.hidden:
        shown = "".join(state.written[left.link_at : left.link_at + 200]).strip()
        target = left.link[:2000]
        bare = re.sub(r"^(?:https?://|mailto:)|/$", "", target, flags=re.IGNORECASE).lower()
        if not target.lower().startswith(("cid:", "javascript:", "data:", "#")) and shown and bare not in shown.lower():
            state.paper.write(f" ({' '.join(target.split())})", left.quoted)
    if left.tag in _BLOCKS:
        _break(state, 2 if left.tag in _PARAGRAPHS else 1)


def _text(state: _Page, text: str) -> None:
    top = state.stack[-1]
    text = unescape(text)
    if "&#" in text:
        again = unescape_numeric(text)
        state.twice = state.twice or again != text
        text = again
    if top.hidden:
        if top.tag not in _DROPPED:
            _note_hidden(state, text)
        return
    if not top.pre:
        # HTML white space is these five characters; a no-break space is seen.
        text = re.sub(r"[ \t\n\r\f]+", " ", text)
    _write(state, text)


def _note_hidden(state: _Page, text: str) -> None:
    if text.strip(f" \t\r\n\xa0\u200c\u034f\u2007{_NOISE}"):
        state.hidden.append(text)


def _write(state: _Page, text: str) -> None:
    top = state.stack[-1]
    if not top.hidden and text:
        state.written.append(text)
        state.paper.write(text, top.quoted, top.pre)


def _break(state: _Page, lines: int) -> None:
    if not state.stack[-1].hidden:
        state.paper.block(lines)


def _finished(state: _Page, cut: int) -> Seen:
    text = state.paper.text()
    noise = "".join(_NOISE_IN_WORD.findall(text)[:50])
    text = text.translate({ord(char): None for char in _NOISE})
    hidden = " ".join(part.strip() for part in state.hidden)
    return Seen(whole(text), whole(hidden or noise), state.pictures, state.twice, cut)
