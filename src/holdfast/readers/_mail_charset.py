"""Bytes of a mail to text: the charset it names, what that name usually means, and what to do when it is wrong or absent.

Aliases follow what mail programs do (WHATWG Encoding, "names and labels"): gb2312 is read as gb18030, ks_c_5601-1987 as
cp949, iso-8859-1 with bytes 0x80-0x9F as windows-1252.
"""

from __future__ import annotations

from encodings.aliases import aliases

from holdfast.readers._mail_guess import charset_of

GUESSED = "charset_guessed"
BAD_BYTES = "bad_bytes"

# Codecs of the standard library that are not charsets of text, or cost more than linear time.
_NOT_CHARSETS = {
    "base64_codec", "bz2_codec", "hex_codec", "quopri_codec", "rot_13", "uu_codec", "zlib_codec", "mbcs", "oem", "punycode",
    "idna", "undefined", "unicode_escape", "raw_unicode_escape",
}  # fmt: skip
# Charsets that `aliases` gives no other name for.
_WITHOUT_ALIAS = {
    "cp720", "cp737", "cp856", "cp874", "cp875", "cp1006", "koi8_r", "koi8_t", "koi8_u",
    "mac_arabic", "mac_croatian", "mac_farsi",
    "mac_romanian",
}  # fmt: skip
_CODECS = (frozenset(aliases.values()) | _WITHOUT_ALIAS) - _NOT_CHARSETS
_MEANS = {
    "utf8mb4": "utf_8", "utf_8_sig": "utf_8", "unicode_1_1_utf_7": "utf_7", "x_unicode_2_0_utf_7": "utf_7", "unicode": "utf_8",
    "gb2312": "gb18030", "gb_2312_80": "gb18030", "gb2312_1980": "gb18030", "gbk": "gb18030", "x_gbk": "gb18030",
    "cp936": "gb18030", "ms936": "gb18030", "euc_cn": "gb18030", "hz": "hz", "hz_gb_2312": "hz",
    "ks_c_5601": "cp949", "ks_c_5601_1987": "cp949", "ks_c_5601_1989": "cp949", "ksc5601": "cp949", "ksc_5601": "cp949",
    "euc_kr": "cp949", "korean": "cp949", "windows_949": "cp949", "x_windows_949": "cp949",
    "shift_jis": "cp932", "x_sjis": "cp932", "sjis": "cp932", "shiftjis": "cp932", "windows_31j": "cp932", "ms_kanji": "cp932",
    "x_euc_jp": "euc_jp", "cp50220": "iso2022_jp", "cp50221": "iso2022_jp", "csiso2022jp": "iso2022_jp",
    "big5": "cp950", "x_big5": "cp950", "big5_eten": "cp950", "x_x_big5": "cp950", "cp_950": "cp950",
    "ansi_x3.4_1968": "ascii", "ansi_x3.110_1983": "cp1252", "us": "ascii", "ansi": "cp1252", "latin": "cp1252",
    "x_ansi": "cp1252", "iso": "latin_1", "iso_8859_8_i": "iso8859_8", "iso_8859_8_e": "iso8859_8", "iso_8859_6_i": "iso8859_6",
    "tis_620": "cp874", "iso_8859_11": "cp874", "windows_874": "cp874", "koi8_ru": "koi8_u", "x_cp1251": "cp1251",
    "x_cp1252": "cp1252", "macintosh": "mac_roman", "mac": "mac_roman",
    "x_mac_ce": "mac_latin2", "x_mac_ukrainian": "mac_cyrillic",
    "x_mac_japanese": "cp932", "x_mac_korean": "cp949", "x_mac_trad_chinese": "cp950", "x_mac_simp_chinese": "gb18030",
}  # fmt: skip
_UNKNOWN = {"unknown_8bit", "unknown", "x_unknown", "8bit", "x_user_defined", "default", "none", "binary", "_autodetect_all"}
_JAPANESE = ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_3", "iso2022_jp_2004")
_SINGLE_BYTE_WEST = {"ascii", "latin_1", "cp1252", "iso8859_15"}


def codec_for(name: str) -> str | None:
    """The Python codec a mail's charset name stands for, or None when nobody knows it."""
    key = name.strip().strip("\"'").lower().replace("-", "_").replace(" ", "_").split("*", 1)[0][:40]
    if not key or key in _UNKNOWN:
        return None
    for candidate in (key, key.replace("_", ""), key.removeprefix("x_"), key.removeprefix("cs")):
        found = _MEANS.get(candidate) or aliases.get(candidate)
        if found is None and candidate in _CODECS:
            found = candidate
        if found is None and candidate.startswith(("windows_", "cp_", "ibm_", "x_windows_")):
            number = candidate.rpartition("_")[2]
            found = aliases.get(number) or (f"cp{number}" if f"cp{number}" in _CODECS else None)
        if found is None and candidate.startswith("mac") and f"mac_{candidate[3:].lstrip('_')}" in _CODECS:
            found = f"mac_{candidate[3:].lstrip('_')}"
        found = _MEANS.get(found, found) if found else None
        if found in _CODECS or found == "hz":
            return found
    return None


def whole(text: str) -> str:
    """Text without lone surrogates (utf-7 can make them): each becomes U+FFFD, pairs become their character."""
    try:
        text.encode("utf-8")
        return text
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError, LookupError):
        return None


def _guess(data: bytes) -> tuple[str, str]:
    if b"\x1b$" in data[:65536] or b"\x1b(" in data[:65536]:
        for codec in _JAPANESE:
            if (text := _strict(data, codec)) is not None:
                return text, codec
    if (text := _strict(data, "utf-8")) is not None:
        return text, "utf_8"
    codec = charset_of(data)
    return (_strict(data, codec) or data.decode("latin-1")), codec


def to_text(data: bytes, declared: str | None) -> tuple[str, tuple[str, ...], str | None]:
    """Text, doubts, and the text as it would stand without repair (None where nothing was repaired).

    Never raises. A byte that fits no charset is shown as U+FFFD in the text and as \\xNN in the unrepaired form.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    codec = codec_for(declared) if declared else "ascii"
    if codec in (None, "ascii"):
        if data.isascii() and b"\x1b$" not in data:
            return data.decode("ascii"), (), None
        text, _ = _guess(data)
        return text, (GUESSED,), None
    assert codec is not None
    if codec.startswith(("utf_16", "utf_32")) and data.isascii() and b"\0" not in data:
        return data.decode("ascii"), (GUESSED,), None
    if data.isascii() and codec in _SINGLE_BYTE_WEST | {"utf_8", "cp949", "gb18030", "cp932", "cp950", "cp1251"}:
        return data.decode("ascii"), (), None
    if codec in _SINGLE_BYTE_WEST and (good := _strict(data, "utf-8")) is not None:
        return good, (GUESSED,), data.decode("latin-1")
    if codec == "latin_1" and any(0x80 <= byte <= 0x9F for byte in data):
        return (_strict(data, "cp1252") or data.decode("latin-1")), (GUESSED,), None
    for candidate in _JAPANESE if codec == "iso2022_jp" else (codec,):
        if (good := _strict(data, candidate)) is not None:
            return whole(good), (), None
    if codec != "utf_8" and (good := _strict(data, "utf-8")) is not None:
        return good, (GUESSED,), None
    kept = data.decode("utf-8" if codec == "utf_7" else codec, "backslashreplace")
    # A few broken bytes in a good text are damage; a text full of them was never in that charset.
    shown = whole(data.decode(codec, "replace"))
    if shown.count("\ufffd") * 10 > len(shown):
        return _guess(data)[0], (GUESSED, BAD_BYTES), whole(kept)
    return shown, (BAD_BYTES,), whole(kept)
