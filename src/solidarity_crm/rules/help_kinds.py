"""The kinds of help that a partnership asks for and is offered, with what each means."""

from __future__ import annotations

HELP_KINDS = {
    "information": "policies and guidelines",
    "introductions": "people to be introduced to",
    "advice": "guidance, support, encouragement",
    "practice": "examples of positive practice",
    "data": "objective data, opinion, lived experience",
    "elsewhere": "interesting practice elsewhere",
    "other": "anything else",
}
ORGANISATION_KINDS = ("charity", "community group", "council", "NHS body", "funder", "university", "business", "network", "other")
INTERACTION_KINDS = ("email", "call", "visit", "letter", "form", "note", "meeting")
# what a side of an introduction may let us pass on; communities are those they work with, why is what they answered in their words
SHAREABLE = ("name", "role", "organisation", "communities", "email", "phone", "why")
CHANNELS = ("email", "call", "text", "letter", "visit", "form", "meeting")
# what else people call a channel or a kind of interaction
ALSO_CALLED = {"phone": "call", "telephone": "call", "mail": "email", "sms": "text", "post": "letter", "in person": "visit"}
