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
_SENTENCE = re.compile(r"[.!?;]+\s")
_LINES = 5  # of a reply, in which somebody asks to be left alone
# what our messages say to reply with (rules.closings.WAY_OUT), and what else people say, folded: "don't" is "dont"
_POLITE = "no yes ok hi hello dear thanks thank you many sorry but and so just please pls kindly".replace(" ", "|")
_LIST = r"(?:your|this|the) (?:e ?mail |mailing )?list"
_ASKS = re.compile(
    rf"(?:(?:{_POLITE}) )*"
    r"(?:unsubscribe(?: me)?|opt (?:me )?out"
    rf"|(?:take me off|remove me from) {_LIST}"
    r"|(?:stop|do not|dont|never) (?:contact|e ?mail|mail|message|writ)(?:e|ing)?"
    r"|(?:i|we)(?: |)(?:would|d) (?:rather|prefer) (?:that )?you (?:did not|didnt) write)"
    r"(?: (?:to |)(?:me|us)| again| any ?more| anything| please| thanks| thank you)*"
)
_ALONE = frozenset(("stop", "please stop", "remove me", "please remove me", "take me off", "please take me off"))  # a line and no more


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
    """Say whether a reply asks us to write no more: by its subject, as the way out in our messages has it, or in its first lines."""
    said = fold(_AGAIN.sub("", subject))
    lines = [line for line in words.splitlines() if line.strip()][:_LINES]
    if said.partition(" ")[0] == "unsubscribe" or not _ALONE.isdisjoint((said, *map(fold, lines[:1]))):
        return True
    sentences = [sentence for text in (subject, *lines, " ".join(lines)) for sentence in _SENTENCE.split(_AGAIN.sub("", text))]
    return any(_ASKS.fullmatch(fold(sentence)) for sentence in sentences)
