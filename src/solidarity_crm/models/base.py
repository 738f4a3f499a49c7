"""What every record has, and the kinds of text that a record may hold."""

import re
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, ClassVar, Self

from pydantic import BeforeValidator, ValidationError
from pydantic_core import SchemaValidator
from sqlmodel import Field, SQLModel

from solidarity_crm.errors import BadValue
from solidarity_crm.text import one_line, safe

LINE_LIMIT, TEXT_LIMIT = 500, 100_000
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def _allowed(value: object, limit: int) -> str:
    """Refuse what no keyboard types: control characters, and more text than a person writes."""
    if not isinstance(value, str):
        problem = "must be text"
        raise ValueError(problem)  # noqa: TRY004 - pydantic reports ValueError, a TypeError would be a bug
    if not value.isprintable() and _FORBIDDEN.search(value):  # most text is, and that is quickly told
        problem = "has control characters in it"
        raise ValueError(problem)
    if len(value) > limit:
        problem = f"is longer than {limit} characters"
        raise ValueError(problem)
    return value


def _line(value: object) -> str | None:
    """Clean one line of text; nothing is None."""
    return None if value is None else one_line(_allowed(value, LINE_LIMIT)) or None


def _text(value: object) -> str | None:
    """Clean text of several lines; nothing is None."""
    return None if value is None else safe(_allowed(value, TEXT_LIMIT)).strip() or None


def _required(value: object) -> str:
    """Clean one line that must say something."""
    line = _line(value)
    if line is None:
        problem = "must not be empty"
        raise ValueError(problem)
    return line


def _body(value: object) -> str:
    """Check the text of a message, which must say something; its lines stay as they were laid out."""
    body = safe(_allowed(value, TEXT_LIMIT))
    if not body.strip():
        problem = "must not be empty"
        raise ValueError(problem)
    return body


Body = Annotated[str, BeforeValidator(_body)]
Line = Annotated[str, BeforeValidator(_required)]
OptionalLine = Annotated[str | None, BeforeValidator(_line)]
OptionalText = Annotated[str | None, BeforeValidator(_text)]


class Row(SQLModel):
    """A row of any table."""

    # tables whose rows belong to a record with a ref name the columns that say which (rules.refs.OWNERS)
    id: int | None = Field(default=None, primary_key=True)

    @classmethod
    def checked(cls, **values: Any) -> Self:  # noqa: ANN401 - whatever the command line or a file gave
        """Make a row of values that were typed or read.

        Raises BadValue for the first field that will not do.
        """
        try:
            return cls.model_validate(values)
        except ValidationError as problem:
            raise cls._bad_value(problem) from None

    @classmethod
    def checked_values(cls, **values: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
        """Give what :meth:`checked` would make as plain values, a tenth of its time: for thousands that are stored in bulk.

        Raises BadValue.
        """
        try:
            found: dict[str, Any] = _validator(cls).validate_python(values)[0]
        except ValidationError as problem:
            raise cls._bad_value(problem) from None
        return found

    @classmethod
    def _bad_value(cls, problem: ValidationError) -> BadValue:
        """Give our error for the first field that will not do."""
        first = problem.errors(include_url=False)[0]
        field = str(first["loc"][0]).replace("_", " ") if first["loc"] else cls.__name__.lower()
        reason = str(first.get("ctx", {}).get("error", first["msg"]))
        return BadValue(field, safe(_shown(first["input"])), reason)

    def change(self, **values: Any) -> None:  # noqa: ANN401 - whatever the command line or a file gave
        """Change fields, each checked as when the row was made.

        Raises BadValue.
        """
        checked = type(self).checked(**{**self.model_dump(), **values})
        for field in type(self).model_fields:
            value = getattr(checked, field)
            if value != getattr(self, field):
                setattr(self, field, value)


def stored(row: Row) -> int:
    """Give the number of a row that is stored."""
    return int(row.id or 0)


@cache
def _validator(model: type[Row]) -> SchemaValidator:
    """Give the validator of a model's fields alone, which makes no instance of it."""
    schema: Any = model.__pydantic_core_schema__
    while schema["type"] == "model":
        schema = schema["schema"]
    return SchemaValidator(schema)


def _shown(value: object) -> str:
    """Give a value as an error may show it: short, and never a whole record."""
    limit = 60
    return str(value)[:limit] if isinstance(value, (str, int, float, date)) else ""


class Record(Row):
    """A record that people name by its ref.

    ``uid`` is for exports and merging. ``created_at`` and ``updated_at`` are UTC, set by the transaction.
    """

    LETTER: ClassVar[str]

    uid: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def ref(self) -> str:
        """The ref, once the record is stored."""
        return f"{self.LETTER}{self.id}"
