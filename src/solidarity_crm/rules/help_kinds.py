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
SHAREABLE = ("name", "role", "organisation", "email", "phone")
CHANNELS = ("email", "call", "text", "letter", "visit", "form", "meeting")
