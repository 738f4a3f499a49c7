"""The tables. Importing this package loads SQLModel, so only what writes does."""

from solidarity_crm.models.base import Record, Row
from solidarity_crm.models.calendar import Answer, CalendarEvent
from solidarity_crm.models.calendar_item import CalendarItem
from solidarity_crm.models.consent import ConsentEvent
from solidarity_crm.models.contact import Affiliation, Contact, ContactPoint, PostalAddress, Tag, WorksWith
from solidarity_crm.models.disclosure import Disclosure
from solidarity_crm.models.draft import Draft
from solidarity_crm.models.followup import FollowUp
from solidarity_crm.models.group import ContactGroup
from solidarity_crm.models.identity import FormerName, Identifier, Merger, NotDuplicate
from solidarity_crm.models.introduction import Introduction, IntroductionSide
from solidarity_crm.models.meeting import Interaction, Meeting, Participant
from solidarity_crm.models.move import Move
from solidarity_crm.models.offer import Ask, AskMatch, Offer, OfferUse
from solidarity_crm.models.organisation import Organisation
from solidarity_crm.models.post import DeadAddress, ReadMail
from solidarity_crm.models.proposal import Proposal
from solidarity_crm.models.published_count import PublishedCount
from solidarity_crm.models.suppression import Suppression
from solidarity_crm.models.tie import OverBudget, Tie

__all__ = [
    "Affiliation",
    "Answer",
    "Ask",
    "AskMatch",
    "CalendarEvent",
    "CalendarItem",
    "ConsentEvent",
    "Contact",
    "ContactGroup",
    "ContactPoint",
    "DeadAddress",
    "Disclosure",
    "Draft",
    "FollowUp",
    "FormerName",
    "Identifier",
    "Interaction",
    "Introduction",
    "IntroductionSide",
    "Meeting",
    "Merger",
    "Move",
    "NotDuplicate",
    "Offer",
    "OfferUse",
    "Organisation",
    "OverBudget",
    "Participant",
    "PostalAddress",
    "Proposal",
    "PublishedCount",
    "ReadMail",
    "Record",
    "Row",
    "Suppression",
    "Tag",
    "Tie",
    "WorksWith",
]
