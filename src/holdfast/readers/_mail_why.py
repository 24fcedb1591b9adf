"""Causes of an ambiguous mail, in words for people. A cause is something mail programs and filters are known to read
differently; ordinary mail has none of them."""

from __future__ import annotations

from collections.abc import Iterable

_SAID = {
    "where its parts begin and end is not clear": """
        boundary_not_found boundary_not_closed boundary_with_more boundary_not_at_line_start same_boundary_inside
        similar_boundary_inside space_after_boundary space_in_boundary malformed_boundary no_boundary hidden_boundary
        boundary_without_multipart rfc2231_boundary encoded_word_boundary parts_after_the_end text_outside_parts
        undeclared_parts
    """,
    "what kind of parts it has is written in an unusual way": """
        content_header_repeated malformed_type encoded_word_type comment escape needless_escape odd_space unclosed_quote
        parameter_without_value space_at_equals malformed_parameter repeated_parameter parameter_given_twice
        parameter_pieces_missing parameter_pieces_out_of_order text_after_quote single_quotes rare_message_type
        encoded_multipart encoded_mail too_deep too_many_parts
    """,
    "its text or attachments are encoded in a damaged or unusual way": """
        unknown_encoding rare_encoding encoding_with_parameters empty_encoding base64_spaces base64_junk base64_pieces
        base64_padding base64_blank_line base64_uneven_lines base64_odd_lines base64_words qp_bad_code qp_lower_case qp_needless
        qp_space_after_equals uu_without_begin uu_bad_line binary_without_encoding file_in_text
    """,
    "its header lines are put together in an unusual way": """
        header_in_fold lone_cr_in_header nul_in_header line_without_colon space_before_colon blank_fold fold_without_header
        too_many_headers boundary_in_header header_after_blank_line overlong_line
    """,
    "the name of an attachment is written in an unusual way": "two_names needless_name_code",
}
_WORDS = {cause: said for said, causes in _SAID.items() for cause in causes.split()}


def ambiguous(causes: Iterable[str]) -> frozenset[str]:
    """Those causes that make a mail ambiguous."""
    return frozenset(causes) & _WORDS.keys()


def why_ambiguous(causes: Iterable[str]) -> str:
    """One sentence for people."""
    words = list(dict.fromkeys(_WORDS[cause] for cause in sorted(causes) if cause in _WORDS))
    said = words[0] if len(words) == 1 else ", ".join(words[:-1]) + ", and " + words[-1]
    return f"Mail programs may show this mail differently: {said}."
