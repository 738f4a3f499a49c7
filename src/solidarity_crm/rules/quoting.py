"""What of a reply its writer wrote, and whether it asks us to stop."""

from __future__ import annotations

import re

from solidarity_crm.text import fold

_LONGEST = 2_000  # lines of a reply that are looked at
_QUOTED = re.compile(r"[ \t]*[>|]")
# where a program puts what is answered to: Gmail and Apple, Outlook, webmailers; each language has its own words
_BEGINS = re.compile(
    r"[ \t]*(?:-{2,} ?(?:original message|forwarded message|ursprüngliche nachricht|message d'origine)\b.*|_{20,}[ \t]*|begin forwarded message:.*"
    r"|(?:on|am|le|el|op|w dniu|ar) .{4,200}(?:wrote|schrieb|a écrit|escribió|schreef|napisał\(a\)|napisał|ysgrifennodd)[ \t]?.{0,100}:[ \t]*)$",
    re.IGNORECASE,
)
_HEAD = re.compile(r"[ \t]*\*?(?:from|von|de|od)\*?:[ \t]*\S.*$", re.IGNORECASE)
_HEAD_GOES_ON = re.compile(r"[ \t]*\*?(?:sent|to|date|gesendet|envoyé|wysłano)\*?:", re.IGNORECASE)
_SIGNATURE = re.compile(r"--[ ]?$")
_AGAIN = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg|sv|odp)\s*:)+", re.IGNORECASE)
_STOP = frozenset(
    (
        *("unsubscribe", "unsubscribe me", "please unsubscribe", "please unsubscribe me", "stop", "please stop", "opt out", "remove me"),
        *("please remove me", "take me off", "take me off your list", "please take me off your list", "remove me from your list"),
        *(
            "please remove me from your list",
            "stop emailing me",
            "please stop emailing me",
            "do not contact me",
            "please do not contact me",
        ),
    )
)


def own_words(text: str) -> str:
    """Give a reply without what it quotes and without its signature (RFC 3676 §4.3)."""
    lines = text.splitlines()[:_LONGEST]
    kept: list[str] = []
    for place, line in enumerate(lines):
        wrapped = f"{line} {lines[place + 1]}" if place + 1 < len(lines) else line  # 'On … wrote:' is broken where it is long
        goes_on = any(_HEAD_GOES_ON.match(after) for after in lines[place + 1 : place + 4])
        if _BEGINS.match(line) or _BEGINS.match(wrapped) or _SIGNATURE.match(line) or (_HEAD.match(line) and goes_on):
            break
        if not _QUOTED.match(line):
            kept.append(line.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def asks_to_stop(subject: str, words: str) -> bool:
    """Say whether a reply asks us to write no more: by its subject, as the way out in our messages has it, or its first line."""
    first = next((line for line in words.splitlines() if line.strip()), "")
    said = fold(_AGAIN.sub("", subject))
    return said.partition(" ")[0] == "unsubscribe" or said in _STOP or fold(first) in _STOP
