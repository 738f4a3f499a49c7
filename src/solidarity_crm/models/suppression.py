"""The list of those who are not to be written to: hashes, which outlive whoever they are of."""

from datetime import date

from pydantic import field_validator
from sqlmodel import Field

from solidarity_crm.models.base import OptionalLine, Row
from solidarity_crm.rules.suppression import KEY_BYTES, KINDS


class Suppression(Row, table=True):
    """One entry of the list (rules.suppression); it refers to nobody, so that nobody's erasure takes it away.

    ``key`` is the workspace's own and the same in every row: a list that is exported, imported or partly taken back is
    still one that an address can be looked up in.
    """

    kind: str
    suppressed_on: date
    why: OptionalLine = None
    key: str
    digest: str = Field(index=True)

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        """Keep to the kinds there are."""
        if value not in KINDS:
            problem = f"is one of: {', '.join(KINDS)}"
            raise ValueError(problem)
        return value

    @field_validator("key", "digest")
    @classmethod
    def _hexadecimal(cls, value: str) -> str:
        """Keep to hashes and keys of the one length."""
        try:
            whole = len(bytes.fromhex(value)) == KEY_BYTES
        except ValueError:
            whole = False
        if not whole:
            problem = f"is not {KEY_BYTES} bytes in hexadecimal"
            raise ValueError(problem)
        return value
