"""What the bytes of a vCard file say: the whole file's encoding, and that of a property with a CHARSET of its own."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

_BOMS = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE = 16  # bytes at a file's start that show whether every other one is a NUL
_HALF_NULS = 0.4
# text encodings and nothing else that Python decodes: some of its codecs take time that grows with the square of a text's length
_CHARSET = re.compile(r"(?:utf[-_]?(?:8|16)(?:[-_]?[lb]e)?|(?:us[-_]?)?ascii|iso[-_]?8859[-_]?\d+|latin[-_]?\d+|(?:windows|cp|ibm)[-_]?\d+|"
                      r"koi8[-_][rut]|mac[-_]?(?:roman|cyrillic|greek|centeuro)|shift[-_]?jis|sjis|euc[-_](?:jp|kr)|iso[-_]?2022[-_](?:jp|kr)|"
                      r"gb2312|gbk|gb18030|big5|tis[-_]620|ks[-_]c[-_]5601[-_]1987)\Z", re.IGNORECASE)  # fmt: skip

_ONE_BYTE = re.compile(r"iso8859|cp125\d|koi8|mac")


def unified(data: bytes) -> tuple[bytes, str | None]:
    """Give a file's bytes as one program would have written them in UTF-8 or an 8-bit encoding, and what had to be done for it.

    UTF-16 is known by its byte order mark or, since some programs write none, by its NULs (exchange.md E3).
    """
    wide = next((name for mark, name in _BOMS if data.startswith(mark)), None) or _without_mark(data)
    if wide:
        return data.decode(wide, "replace").replace("\0", "").encode("utf-8", "replace"), f"read as {wide.upper()}"
    data = data.removeprefix(codecs.BOM_UTF8)
    if b"\0" in data:
        return data.replace(b"\0", b""), "NUL characters were left out"
    return data, None


def _without_mark(data: bytes) -> str | None:
    """Give the byte order of UTF-16 that does not say so; None when it is none."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half and sample[0::2].count(0) > half * _HALF_NULS:
        return "utf-16-be"
    return "utf-16-le" if half and sample[1::2].count(0) > half * _HALF_NULS else None


@lru_cache(maxsize=64)
def known(charset: str) -> str | None:
    """Give Python's name of a CHARSET parameter; None for one that it does not know."""
    name = charset.strip().strip('"')
    if not _CHARSET.match(name):
        return None
    try:
        return codecs.lookup("cp949" if name.lower().startswith("ks") else name).name
    except LookupError:
        return None


def decoded(value: bytes, charset: str | None = None) -> tuple[str, str | None]:
    """Give a value's text, and what was wrong with its encoding.

    The property's own charset comes first, then UTF-8, then Windows-1252, as which older programs of Windows write.
    """
    if value.isascii() and charset is None:
        return value.decode("ascii"), None
    codec = known(charset) if charset else "utf-8"
    doubt = None if codec else f"the charset {charset!r} is not known"
    if codec and _ONE_BYTE.match(codec) and not value.isascii():
        try:  # a file that was saved anew as UTF-8 still says what it was; no text in such a charset looks like UTF-8 by chance
            return value.decode("utf-8"), None
        except UnicodeDecodeError:
            pass
    for name in dict.fromkeys((codec, "utf-8")):
        try:
            if name:
                return value.decode(name), doubt if name == codec else doubt or f"is not in the charset {charset!r}, but in UTF-8"
        except UnicodeDecodeError:
            continue
    return value.decode("cp1252", "replace"), doubt or "is not in UTF-8 and was read as Windows-1252"
