"""Causes of an ambiguous mail, in words for people. A cause is something mail programs and filters are known to read
differently; ordinary mail has none of them."""

from __future__ import annotations

from collections.abc import Iterable

_BOUNDARY = "where its parts begin and end is not clear"
_TYPE = "what kind of parts it has is written in an unusual way"
_CODE = "its text or attachments are encoded in a damaged or unusual way"
_HEADER = "its header lines are put together in an unusual way"
_NAME = "the name of an attachment is written in an unusual way"

_WORDS = {
    "boundary_not_found": _BOUNDARY, "boundary_not_closed": _BOUNDARY, "boundary_with_more": _BOUNDARY,
    "boundary_not_at_line_start": _BOUNDARY, "same_boundary_inside": _BOUNDARY, "similar_boundary_inside": _BOUNDARY,
    "space_after_boundary": _BOUNDARY, "space_in_boundary": _BOUNDARY, "malformed_boundary": _BOUNDARY,
    "no_boundary": _BOUNDARY, "hidden_boundary": _BOUNDARY, "boundary_without_multipart": _BOUNDARY, "rfc2231_boundary": _BOUNDARY,
    "encoded_word_boundary": _BOUNDARY, "parts_after_the_end": _BOUNDARY, "text_outside_parts": _BOUNDARY,
    "content_header_repeated": _TYPE, "malformed_type": _TYPE, "encoded_word_type": _TYPE, "comment": _TYPE, "escape": _TYPE,
    "needless_escape": _TYPE, "odd_space": _TYPE, "unclosed_quote": _TYPE, "parameter_without_value": _TYPE,
    "space_at_equals": _TYPE, "malformed_parameter": _TYPE, "repeated_parameter": _TYPE, "parameter_given_twice": _TYPE,
    "parameter_pieces_missing": _TYPE, "parameter_pieces_out_of_order": _TYPE, "text_after_quote": _TYPE,
    "single_quotes": _TYPE, "rare_message_type": _TYPE, "encoded_multipart": _TYPE, "encoded_mail": _TYPE, "too_deep": _TYPE, "too_many_parts": _TYPE,
    "unknown_encoding": _CODE, "rare_encoding": _CODE, "encoding_with_parameters": _CODE, "empty_encoding": _CODE,
    "base64_spaces": _CODE, "base64_junk": _CODE, "base64_pieces": _CODE, "base64_padding": _CODE, "base64_blank_line": _CODE,
    "base64_uneven_lines": _CODE, "base64_odd_lines": _CODE, "qp_bad_code": _CODE, "qp_lower_case": _CODE, "qp_needless": _CODE,
    "qp_space_after_equals": _CODE, "uu_without_begin": _CODE, "uu_bad_line": _CODE,
    "header_in_fold": _HEADER, "lone_cr_in_header": _HEADER, "nul_in_header": _HEADER, "line_without_colon": _HEADER,
    "space_before_colon": _HEADER, "blank_fold": _HEADER, "fold_without_header": _HEADER, "too_many_headers": _HEADER,
    "two_names": _NAME,
}  # fmt: skip


def ambiguous(causes: Iterable[str]) -> frozenset[str]:
    """Those causes that make a mail ambiguous."""
    return frozenset(causes) & _WORDS.keys()


def why_ambiguous(causes: Iterable[str]) -> str:
    """One sentence for people."""
    words = list(dict.fromkeys(_WORDS[cause] for cause in sorted(causes) if cause in _WORDS))
    said = words[0] if len(words) == 1 else ", ".join(words[:-1]) + ", and " + words[-1]
    return f"Mail programs may show this mail differently: {said}."
