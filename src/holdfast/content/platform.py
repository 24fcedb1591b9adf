"""A service where it happened: what to save, how to report, block, export and secure. One file each in platforms/."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from holdfast.content.dates import day_of
from holdfast.content.evidence import ServiceRow, Strict, Text, Texts

PlatformKind = Literal[
    "messenger", "social", "mail", "account", "search", "dating", "game", "work", "adult", "infrastructure", "other"
]  # fmt: skip
ReportAbout = Literal["message", "account", "post", "ncii", "impersonation", "minor", "search-result"]
RemovalStatus = Literal[
    "published", "reported-by-company", "supported-form-not-seen", "ordinary-form", "published-for-youtube",
    "unclear", "unknown", "not-found",
]  # fmt: skip


class HashSharing(ServiceRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether it takes part in picture fingerprints: yes, no, not-listed, unknown, unclear, or a short text."""

    stopncii: Text
    take_it_down: Text


class RemovalRequest(ServiceRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The removal request of the US Take It Down Act at this service."""

    status: RemovalStatus
    address: str = ""
    page: str = ""
    path: str = ""
    promise: str = ""
    who: str = ""
    needs: tuple[Text, ...] = ()
    covers_ai: bool | None = None
    confidential: str = ""


class Report(ServiceRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way to report. `country` (ISO code in capitals, or EU) limits it; absent means everywhere."""

    id: Text
    what: ReportAbout
    title: Text
    steps: Texts
    country: Annotated[str, msgspec.Meta(pattern="^([A-Z]{2})?$")] = ""
    address: str = ""
    form: str = ""
    page: str = ""
    mail: str = ""
    category: str = ""
    needs: tuple[Text, ...] = ()
    works_without_being_friends: bool | None = None
    other_side_told: str = ""
    deletes_for_me: str = ""
    sends: str = ""
    time_promise: str = ""
    time_limit: str = ""
    covers_ai: bool | None = None
    fingerprint: str = ""
    also_read: str = ""


class Block(ServiceRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to block, and what blocking does to the chat."""

    steps: Texts
    keeps_chat: str = ""
    other_side_notices: str = ""
    find_again: str = ""
    group_note: str = ""


class Export(ServiceRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to get one's own data out."""

    what: Text
    steps: Texts
    formats: Texts
    address: str = ""
    contains: tuple[Text, ...] = ()
    contains_messages: str = ""
    not_available: str = ""
    limits: str = ""
    wait: str = ""


class Privacy(ServiceRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One setting about who can reach the person or see their lists."""

    title: Text
    steps: Texts
    why: str = ""


class AccountSecurity(ServiceRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the account is secured: a value is an address or a menu path. `evidence` says what each rests on."""

    change_password: str = ""
    two_factor: str = ""
    two_factor_kinds: tuple[Text, ...] = ()
    passkey: str = ""
    sessions: str = ""
    linked_apps: str = ""
    recovery_contacts: str = ""
    recent_events: str = ""
    lost_access: tuple[Text, ...] = ()
    hacked: str = ""
    mail_traps: tuple[Text, ...] = ()
    security_check: str = ""
    safety_check: str = ""
    evidence: dict[str, Text] = msgspec.field(default_factory=dict)
    privacy: tuple[Privacy, ...] = ()


class Mainland(ServiceRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The part of a service that another company runs in mainland China."""

    who: Text
    retention: Text
    tell_police: Text
    privacy_guide: str


class LawEnforcement(ServiceRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an officer needs to ask this service."""

    who_may_ask: Text
    guidelines: str = ""
    guideline_date: str = ""
    portal: str = ""
    mail: str = ""
    preservation: str = ""
    preserve_days: Annotated[int, msgspec.Meta(ge=1)] | None = None
    retention: str = ""
    emergency: str = ""
    user_notice: str = ""
    scope: str = ""
    tell_police: str = ""
    mainland: Mainland | None = None


class Policy(ServiceRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule of the service that the conduct breaks."""

    title: Text
    covers: Texts
    address: Text


class Platform(Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One service. `save_first` is the one sentence before any button."""

    schema: Literal[1]
    id: Annotated[str, msgspec.Meta(pattern="^[a-z0-9-]+$")]
    name: Text
    other_names: tuple[Text, ...] = ()
    kind: PlatformKind
    operator: Text
    checked: str
    summary: Text
    save_first: Text
    note: str = ""
    hash_sharing: HashSharing | None = None
    take_it_down_act: RemovalRequest
    report: Annotated[tuple[Report, ...], msgspec.Meta(min_length=1)]
    block: Block | None = None
    export: tuple[Export, ...] = ()
    security: AccountSecurity | None = None
    law_enforcement: LawEnforcement | None = None
    policy: tuple[Policy, ...] = ()

    def __post_init__(self) -> None:
        day_of(self.checked)
        ids = [report.id for report in self.report]
        for known in ids:
            if ids.count(known) > 1:
                raise ValueError(f"`report`: `id` {known!r} is used twice")
