"""Filling templates in, and everything that a template must not do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from solidarity_crm.errors import CannotRead, Unfilled
from solidarity_crm.exchange.outreach.template_files import Template, paths, read
from solidarity_crm.exchange.outreach.templates import OUTPUT_LIMIT, Form, tidy
from solidarity_crm.resources import folder

if TYPE_CHECKING:
    from solidarity_crm.exchange.outreach.templates import Message

CONTACT = {"name": "Siân O'Brien [she/her]", "greeting": "Siân", "role": None, "works_with": ("sex workers", "LGBTQ+ people"), "number": 3}


def form(body: str, subject: str = "Hello") -> Form:
    """Compile a template with a body, as it would be in a file of its own."""
    return Form(Template("hello", subject, "service", "", body, 5, Path("templates/hello.txt")))


def fill(body: str, subject: str = "Hello", **values: Any) -> Message:
    """Fill a body in for Siân."""
    return form(body, subject).fill({"contact": CONTACT, **values})


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Dear {{ contact.greeting }}", "Dear Siân\n"),
        ("{{ contact.name }}", "Siân O'Brien [she/her]\n"),
        ("{% if contact.role %}as {{ contact.role }}{% else %}as yourself{% endif %}", "as yourself\n"),
        ("{% if contact.role is defined %}x{% else %}y{% endif %}", "y\n"),
        ("{{ contact.role|default('colleague') }}", "colleague\n"),
        ("{{ contact.role or contact.greeting }}", "Siân\n"),
        ("{{ contact.works_with|join(', ') }}", "sex workers, LGBTQ+ people\n"),
        ("{% for c in contact.works_with %}{{ loop.index }}. {{ c }}\n{% endfor %}", "1. sex workers\n2. LGBTQ+ people\n"),
        ("{% for c in contact.role %}{{ c }}{% else %}none{% endfor %}", "none\n"),
        ("{{ contact.works_with|first|upper }}, {{ contact.works_with|last|lower }}", "SEX WORKERS, lgbtq+ people\n"),
        ("{{ contact.works_with|length }} {{ contact.number }}", "2 3\n"),
        ("{{ contact.greeting|trim|title }} {{ 'abc'|capitalize }}", "Siân Abc\n"),
        ("{% set who = contact.greeting %}{{ who }}", "Siân\n"),
        ("{{ 'yes' if contact.greeting in ['Siân', 'Dev'] else 'no' }}", "yes\n"),
        ("{% if contact.role == 'x' or contact.role != contact.greeting %}y{% endif %}", "y\n"),
        ("a   \n\n\n\nb", "a\n\nb\n"),
        ("a {# a note to ourselves #}b", "a b\n"),
    ],
)
def test_a_template_is_filled_in(body: str, expected: str) -> None:
    """Fields, conditions, loops and a few filters."""
    assert fill(body).body == expected


@pytest.mark.parametrize(
    ("body", "field", "reason"),
    [
        ("{{ contact.role }}", "contact.role", "is empty"),
        ("{{ contact.role|upper }}", "contact.role", "is empty"),
        ("{{ contact.role.name }}", "contact.role", "is empty"),
        ("{{ contact.role|join(', ') }}", "contact.role", "is empty"),
        ("{{ contact.role|first }}", "the item of a list", "is empty"),
        ("{{ about.what }}", "about", "is empty"),
        ("{{ contact.rôle }}", "contact.rôle", "is not something that a template can ask for"),
        ("{% if contact.shoes %}x{% endif %}", "contact.shoes", "is not something"),
        ("{{ contact.shoes.size }}", "contact.shoes", "is not something"),
        ("{{ contact }}", "something printed", "is a list or has parts"),
        ("{{ contact.works_with }}", "something printed", "is a list or has parts"),
        ("{{ contact.number == 3 }}", "something printed", "is a list or has parts"),
        ("{{ none }}", "something printed", "is a list or has parts"),
        ("{{ '' }}", "something printed", "is empty"),
        ("{{ ' ' if contact.greeting else 'x' }}", "something printed", "is empty"),
        ("{{ 'x' if contact.role }}", "something printed", "is empty"),
        ("{% for letter in contact.name %}{{ letter }}{% endfor %}", "what a loop goes through", "is not a list"),
        ("{% if contact.number > contact.name %}x{% endif %}", "the template", "compares what does not go together"),
        ("{{ contact.note }}", "the message", "still has '{{' in it"),
        ("{% if contact.role %}x{% endif %}", "the message", "says nothing"),
        ("{{ contact.name.upper }}", "upper", "is not something"),
        ("{% for c in contact.works_with %}{{ loop.cycle }}{% endfor %}", "cycle", "is not something"),
    ],
)
def test_nothing_missing_or_empty_is_printed(body: str, field: str, reason: str) -> None:
    """The field is named, and nothing comes of the message."""
    with pytest.raises(Unfilled) as refused:
        form(body).fill({"contact": {**CONTACT, "note": "a {{ gap }}"}})
    assert (refused.value.field, reason in refused.value.reason) == (field, True), refused.value.sentence


@pytest.mark.parametrize(
    "body",
    [
        "{{ ''.__class__.__mro__ }}",  # the classic way out
        "{{ contact.__class__ }}",
        "{{ contact._private }}",
        "{{ contact.items }}",
        "{{ self.__init__ }}",
        "{{ lipsum }}",
        "{{ cycler }}",
        "{{ joiner }}",
        "{{ namespace }}",
        "{{ range }}",
        "{{ loop }}",
    ],
)
def test_a_template_reaches_nothing_of_python(body: str) -> None:
    """Attributes, methods and Jinja's own globals are simply not there."""
    with pytest.raises(Unfilled):
        fill(body)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{{ '{0.__class__}'.format(contact) }}", "'(…)'"),  # str.format, Jinja 2.8.1
        ("{{ '{x.__class__}'.format_map({'x': contact}) }}", "'(…)'"),  # GHSA-462w-v97r-4m45
        ("{{ ['{0.__class__}'.format]|map('list')|first }}", "'map'"),  # CVE-2024-56326
        ("{{ contact|attr('__class__') }}", "no filter 'attr'"),  # CVE-2025-27516
        ("{{ contact['__class__'] }}", "'[…]'"),
        ("{{ contact.name[0:3] }}", "'[…]'"),
        ("{{ lipsum() }}", "'(…)'"),
        ("{{ range(1000000000) }}", "'(…)'"),
        ("{{ cycler('a').next() }}", "'(…)'"),
        ("{{ contact.name.upper() }}", "'(…)'"),
        ("{{ 'a' * 100000000 }}", "'*'"),
        ("{{ 2 ** 100000000 }}", "'**'"),
        ("{{ '%100000000d' % 1 }}", "'%'"),
        ("{{ 'a' + 'b' }}", "'+'"),
        ("{{ 'a' ~ 'b' }}", "'~'"),
        ("{{ -1 }}", "'-'"),
        ("{{ 'a'|center(100000000) }}", "no filter 'center'"),
        ("{{ 'a'|indent(100000000) }}", "no filter 'indent'"),
        ("{{ '%999999999s'|format(1) }}", "no filter 'format'"),
        ("{{ 'a'|replace('a', 'b') }}", "no filter 'replace'"),
        ("{{ contact|tojson }}", "no filter 'tojson'"),
        ("{{ 'x'|safe }}", "no filter 'safe'"),
        ("{{ contact.works_with|join(', ', attribute='x') }}", "'keyword'"),
        ("{{ contact.works_with|join(*contact.works_with) }}", "no filter 'join' of that form"),
        ("{{ contact.name|upper(1) }}", "no filter 'upper' of that form"),
        ("{% if contact is callable %}x{% endif %}", "no test 'callable'"),
        ("{% include '/etc/passwd' %}", "'include'"),
        ("{% extends 'x' %}", "'extends'"),
        ("{% import 'x' as y %}", "'import'"),
        ("{% from 'x' import y %}", "'from'"),
        ("{% macro m() %}{{ m() }}{% endmacro %}", "'macro'"),
        ("{% call x() %}{% endcall %}", "'call'"),
        ("{% block b %}{% endblock %}", "'block'"),
        ("{% set a %}{{ contact.name }}{% endset %}", "'set … endset'"),
        ("{% filter upper %}x{% endfilter %}", "'filter'"),
        ("{% with a = 1 %}{{ a }}{% endwith %}", "'with'"),
        ("{% autoescape true %}x{% endautoescape %}", "'autoescape'"),
        ("{% for c in contact.works_with recursive %}{{ loop(c) }}{% endfor %}", "'for'"),
        ("{{ {'a': 1} }}", "'dict'"),
        ("{% set ns.x = 1 %}", "'nsref'"),
    ],
)
def test_what_a_template_cannot_use_is_refused_when_it_is_read(body: str, said: str) -> None:
    """Known ways out of the sandbox, and all that could make a text of any size, with the line they are on."""
    with pytest.raises(CannotRead) as refused:
        form(f"first\n{body}")
    assert said in refused.value.sentence
    assert "line 6: " in refused.value.sentence


@pytest.mark.parametrize(
    "body",
    [
        "Dear {{ contact.greeting",
        "{{ contact. }}",
        "{% if contact %}",
        "{% endfor %}",
        "{% unknown %}",
        "{{ contact.name }} }}{{ x y }}",
    ],
)
def test_a_template_that_does_not_parse_names_its_line(body: str) -> None:
    """The line is the file's, counted from its header."""
    with pytest.raises(CannotRead, match=r"templates.hello\.txt: line 7: "):
        form(f"\n\n{body}")


@pytest.mark.parametrize(
    "body",
    [
        "{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}",
        "{{ contact" + ".a" * 20_000 + " }}",
        "{% if contact %}" * 300 + "x" + "{% endif %}" * 300,
        "{{ not " + "not " * 20_000 + "contact }}",
        "{{ " + "9" * 5_000 + " }}",
    ],
)
def test_a_template_nested_too_deeply_is_refused(body: str) -> None:
    """However deep, it ends in one line and not in a crash."""
    with pytest.raises((CannotRead, Unfilled)):
        fill(body)


@pytest.mark.parametrize(
    "body",
    [
        "{% for a in xs %}{% for b in xs %}{% for c in xs %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in xs %}" + "{{ big|upper|lower|upper }}" * 50 + "{% endfor %}",
        "{% for a in xs %}{{ xs|join(big)|upper }}{% endfor %}",
        "{{ big }}" * 15,
    ],
)
def test_a_template_cannot_run_away(body: str) -> None:
    """Loops within loops, filters over long texts and long messages end where the meter says, with the reason."""
    with pytest.raises(Unfilled, match=r"repeats too much|is longer than"):
        fill(body, xs=tuple("x" * 300), big="y" * (OUTPUT_LIMIT // 10))


def test_a_form_begins_anew_for_each_message() -> None:
    """What one message cost is not counted against the next."""
    written = form("{% for x in xs %}{{ x }}{% endfor %}")
    for _ in range(5):
        assert written.fill({"xs": tuple("x" * 1_000)}).body == "x" * 1_000 + "\n"


def test_what_people_typed_is_text_in_subject_and_body() -> None:
    """Line ends make no header of a subject, escapes reach no terminal, braces and markup are letters."""
    hostile = "Eve\r\nBcc: all@example.org\x1b[31m <b>&amp;</b>"
    message = fill("Dear {{ who }}", "For {{ who }}", who=hostile)
    assert message.subject == "For Eve Bcc: all@example.org <b>&amp;</b>"
    assert message.body == "Dear Eve\nBcc: all@example.org <b>&amp;</b>\n"


@pytest.mark.parametrize(
    ("body", "names", "needs"),
    [
        ("{{ contact.name }} {{ place }}", {"contact", "place"}, {"contact", "place"}),
        ("{% if place %}{{ place }}{% endif %}", {"place"}, set()),
        ("{% if place is defined %}{{ place }}{% endif %}", {"place"}, set()),
        ("{{ place|default('here') }}", {"place"}, set()),
        ("{{ 'at ' if not (place and day) else 'x' }}", {"place", "day"}, set()),
        ("{% if about.outcome %}x{% endif %}", {"about"}, {"about"}),
        ("{% for c in xs %}{{ c }}{% endfor %}", {"xs"}, {"xs"}),
    ],
)
def test_a_form_knows_what_it_needs(body: str, names: set[str], needs: set[str]) -> None:
    """What it asks about first is wanted and not needed."""
    assert (form(body).names, form(body).needs) == (names, needs)


@pytest.mark.parametrize("path", paths(folder("templates")).values(), ids=lambda path: path.stem)
def test_every_shipped_template_compiles(path: Path) -> None:
    """And uses only names that the program or its options fill in."""
    known = {"contact", "network", "sender", "today", "notice", "about", "kind", "offer", "ask", "introduction", "meeting"}
    assert Form(read(path)).names <= known


def test_a_text_is_tidied() -> None:
    """No blanks at line ends, no gaps, one line end."""
    assert tidy("\n\na  \r\nb\n\n\n\n\nc\x07\n\n") == "a\nb\n\nc\n"
