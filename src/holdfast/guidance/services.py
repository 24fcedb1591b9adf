"""Rows about services as a heading and lines: how to report, block, export, secure, and what to try when money was sent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from holdfast.content import Content
from holdfast.content.evidence import ServiceRow
from holdfast.content.platform import AccountSecurity, Report
from holdfast.content.schema import Platform
from holdfast.guidance.places import Where

Row = tuple[str, tuple[str, ...], ServiceRow]
MENU_WORDS = (" > ", "Settings", "menu", "tap", "Tap", "Open ", "open ", "press", "choose", "Choose")
MAY_DIFFER = "The menu on your screen may look different."
SECURITY_FIELDS = (
    ("change_password", "Change the password"), ("two_factor", "Second lock (two-factor)"), ("passkey", "Passkey"),
    ("sessions", "Devices that are signed in"), ("linked_apps", "Apps that may act for you"),
    ("recovery_contacts", "Recovery phone and address"), ("recent_events", "What happened lately"),
    ("security_check", "Security check"), ("safety_check", "Safety check"), ("hacked", "If someone got in"),
)  # fmt: skip


def with_doubt(lines: Iterable[str], row: ServiceRow) -> tuple[str, ...]:
    """The lines, and one more where they lead through menus and the row is low: nobody opened that page lately."""
    given = tuple(lines)
    menus = any(word in line for line in given for word in MENU_WORDS)
    return (*given, MAY_DIFFER) if menus and row.confidence == "low" else given


def of_platforms(platforms: Iterable[Platform], part: str, where: Where, facts: Collection[str]) -> Iterator[Row]:
    """The rows of one part (report, block, export, ...) for each service, as far as they exist and fit the place."""
    for platform in platforms:
        match part:
            case "save_first":
                first = next(iter(platform.export), platform.report[0])
                yield f"{platform.name}: first of all", (platform.save_first, *_left_out(facts)), first
            case "report":
                yield from _reports(platform, where, facts)
            case "block" if platform.block is not None:
                block = platform.block
                told = (
                    ("Keeps the chat", block.keeps_chat),
                    ("What they notice", block.other_side_notices),
                    ("Groups", block.group_note),
                )
                lines = (*block.steps, *_told(told))
                yield f"{platform.name}: block", with_doubt(lines, block), block
            case "export":
                # What holds the messages comes first: that is the evidence.
                for export in sorted(platform.export, key=lambda row: not row.contains_messages.startswith("yes")):
                    limits = (("Know before", export.limits), ("Does it hold the messages", export.contains_messages))
                    lines = (*export.steps, *_told(limits), *_left_out(facts))
                    yield f"{platform.name}: save the {export.what}", with_doubt(lines, export), export
            case "security" if platform.security is not None:
                row = platform.security
                yield f"{platform.name}: secure the account", with_doubt(_account(row), row), row
            case "privacy" if platform.security is not None:
                for setting in platform.security.privacy:
                    yield f"{platform.name}: {setting.title}", with_doubt(setting.steps, setting), setting
            case "hash_sharing" if platform.hash_sharing is not None:
                sharing = platform.hash_sharing
                words = (f"StopNCII: {_listed(sharing.stopncii)}", f"Take It Down: {_listed(sharing.take_it_down)}")
                yield f"{platform.name}: does it use picture fingerprints?", words, sharing
            case "removal":
                yield _removal(platform)
            case "law_enforcement" if platform.law_enforcement is not None:
                law = platform.law_enforcement
                kept = (f"How long they keep data: {law.retention}",) if law.retention else ()
                tell = (law.tell_police,) if law.tell_police else ()
                yield f"{platform.name}: tell the officer", (*tell, *kept), law
                if law.mainland is not None:
                    heading = f"{platform.name}: accounts of the mainland ({law.mainland.who})"
                    yield heading, (law.mainland.tell_police, law.mainland.retention), law.mainland


def _left_out(facts: Collection[str]) -> tuple[str, ...]:
    """Every advice to save carries the limit, unless an adult said that nobody under 18 is shown."""
    sure = "adult" in facts and "minor_in_picture" not in facts
    return () if sure else ("Leave out naked or sexual pictures of anyone under 18: note where they are instead.",)


def _told(pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What is known as `label: text`; empty values and "none published" say nothing to a frightened person."""
    return tuple(f"{label}: {text.removeprefix('mailto:')}" for label, text in pairs if text and not text.startswith("none"))


def _listed(value: str) -> str:
    return {"not-listed": "not on the list we saw", "unknown": "not known", "unclear": "not clear"}.get(value, value)


def _reports(platform: Platform, where: Where, facts: Collection[str]) -> Iterator[Row]:
    about_pictures = "already_posted" in facts or "image_leak_threatened" in facts

    def fits(report: Report) -> bool:
        if report.what == "minor":
            return "adult" not in facts and where.covers(report.country)
        if report.what == "impersonation" and "impersonated" not in facts:
            return False
        return where.covers(report.country) and (about_pictures or report.what not in ("post", "search-result", "ncii"))

    # Where nothing fits, another country's way in is better than none; its heading says whose it is.
    for report in [report for report in platform.report if fits(report)] or platform.report:
        limit = "" if where.covers(report.country) else f" (for {report.country})"
        yield f"{platform.name}: {report.title}{limit}", with_doubt(_report_lines(report), report), report


def _report_lines(report: Report) -> tuple[str, ...]:
    told = (
        ("Where", report.address or report.form or report.page or report.mail),
        ("What to choose", report.category),
        ("What they get", report.sends),
        ("Is the other side told", report.other_side_told),
        ("Does it delete your copy", report.deletes_for_me),
        ("What they promise", report.time_promise),
        ("Do it in time", report.time_limit),
    )
    return (*report.steps, *_told(told))


def _account(row: AccountSecurity) -> tuple[str, ...]:
    lines = []
    for name, label in SECURITY_FIELDS:
        value = getattr(row, name)
        if value and value not in ("unknown", "none", "yes", "no"):
            recalled = row.evidence.get(name, "").startswith("general-knowledge")
            lines.append(f"{label}: {value}{' (not yet checked)' if recalled else ''}")
    lines.extend(f"Locked out: {text}" for text in row.lost_access)
    lines.extend(f"Look at: {text}" for text in row.mail_traps)
    return tuple(lines)


def _removal(platform: Platform) -> Row:
    row = platform.take_it_down_act
    told = (("Form", row.address or row.page), ("Way", row.path), ("What they promise", row.promise), ("Note", row.note))
    lines = _told(told)
    return f"{platform.name}: removal request under the US Take It Down Act", lines, row


def of_payments(content: Content, where: Where, facts: Collection[str]) -> Iterator[Row]:
    """What to try for each way of payment that was used; the general first steps where none was named."""
    named = [ident for ident in content.payments if f"paid_{ident.replace('-', '_')}" in facts]
    for ident in (*named, "general") if "general" not in named else named:
        payment = content.payments[ident]
        keep = f"Keep: {'; '.join(payment.keep)}"
        for number, step in enumerate(payment.step):
            if not where.covers(step.country):
                continue
            told = (("Where", step.address), ("Time limit", step.time_limit), ("Numbers", "; ".join(step.also_numbers)))
            lines = [*step.steps, *_told(told)]
            if number == 0:
                lines.append(keep)
            yield f"{payment.name}: {step.title}", with_doubt(lines, step), step
