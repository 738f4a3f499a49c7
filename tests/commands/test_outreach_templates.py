"""Templates tried out before anybody needs them, and what they can ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hostile_templates import HOSTILE_TEMPLATES
from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Crm

HEAD = "Subject: Hello {{ contact.greeting }}\nPurpose: engagement\nAbout: A greeting\n\n"
CHECK = ("outreach", "templates", "--check")


def own(crm: Crm, name: str, text: str) -> Path:
    """Put a template into the workspace."""
    path = crm.workspace.templates / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_templates_that_come_with_the_program_are_in_order(crm: Crm) -> None:
    """Nothing is listed, and that is said."""
    result = crm.ok(*CHECK)
    assert (result.out, result.err) == ("", "16 templates, all in order\n")
    assert crm.json(*CHECK) == []
    assert crm.ok(*CHECK, "thank-offer").err == "1 template, all in order\n"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (HEAD.replace("Purpose: engagement\n", "") + "Hello.", 3, "it needs a line 'Purpose: …' above the first empty line"),
        (HEAD.replace("engagement", "spam") + "Hello.", 2, "the purpose is one of: service, engagement, marketing"),
        ("Purpose: service\nSubject: {{ contact.nam }}\nAbout: x\n\nHello.", 2, "there is no field contact.nam; "),
        (f"{HEAD}Hello.\n\n{{% if contact.greeting %}}\n{{{{ contact.shoes }}}}\n{{% endif %}}", 8, "there is no field contact.shoes; "),
        (f"{HEAD}Hello.\n{{% if ask %}}\n{{{{ ask.wanted }}}}\n{{% endif %}}", 7, "there is no field ask.wanted; "),
        (f"{HEAD}{{{{ day.name }}}}", 5, "there is no field day.name; "),
        (f"{HEAD}Hello {{{{", 5, "unexpected 'end of template'"),
        (f"{HEAD}Hello.\n{{{{ contact.name.upper() }}}}", 6, "templates here cannot use '(…)'"),
        (
            f"{HEAD}Hello.\n{{% for one in introduction.both %}}\n{{{{ one.shoes }}}}\n{{% endfor %}}",
            7,
            "introduction.both.shoes is not something",
        ),
        (f"{HEAD}Hello.\n\n{{{{ contact.works_with }}}}", 7, "something printed is a list or has parts: name the part"),
        (f"{HEAD}Hello.\n{{% if kind == 'advice' %}}\n{{{{ contact.works_with }}}}\n{{% endif %}}", 7, "something printed is a list"),
        (f"{HEAD}Hello.\n{{% if contact.name > 3 %}}x{{% endif %}}", 6, "the template compares what does not go together"),
        (f"{HEAD}{{{{ offer.about }}}}\n{{{{ ask.about }}}}", 5, "offer is empty"),
        (f"{HEAD}{{% if ask %}}x{{% endif %}}{{% if offer %}}y{{% endif %}}{{# {{ #}}", None, None),
        (f"{HEAD}At {{{{ place }}}}.", None, None),
    ],
)
def test_a_problem_is_named_with_its_line(crm: Crm, text: str, line: int | None, problem: str | None) -> None:
    """In the file, wherever in it; also in a branch that few messages take."""
    path = own(crm, "mine", text)
    result = crm(*CHECK, "--json")
    if problem is None:
        assert (result.code, result.data) == (Exit.DONE, [])
        return
    assert result.code == Exit.PARTIAL
    first = result.data[0]
    assert (first["template"], first["file"], first["line"]) == ("mine", str(path), line)
    assert first["problem"].startswith(problem)
    assert f"{path}:{line}  {problem}" in crm(*CHECK).out


def test_several_problems_are_several_lines(crm: Crm) -> None:
    """In the order of the file; the same one is told once, however often the template was tried."""
    own(crm, "mine", f"{HEAD}{{{{ contact.shoes }}}}\n{{{{ kind.x }}}}\n{{{{ contact.hat }}}}")
    found = crm(*CHECK, "--json")
    assert [(one["line"], one["problem"].partition(";")[0]) for one in found.data] == [
        (5, "there is no field contact.shoes"),
        (6, "there is no field kind.x"),
        (7, "there is no field contact.hat"),
    ]


def test_when_no_template_is_in_order_the_answer_is_empty(crm: Crm) -> None:
    """A refusal, with every problem on a line."""
    one, two = own(crm, "one", "x\n\ny"), own(crm, "two", f"{HEAD}{{{{ x(1) }}}}")
    said = crm.refused(Exit.REFUSED, *CHECK, "one", "two").splitlines()
    assert said[0] == "solidarity: no template is in order: 2 problems"
    assert [line.partition(": ")[0] for line in said[1:3]] == [f"{one}:1", f"{two}:5"]
    assert said[3].startswith("try: ")
    assert "no template 'three'" in crm.refused(Exit.USAGE, *CHECK, "three")


def test_hostile_templates_are_named_and_change_nothing(crm: Crm) -> None:
    """All of them at once, each with a line of its own; but for one that asks for no more than a value to be set."""
    harmful = [text for name, (text, _) in HOSTILE_TEMPLATES.items() if name != "joiner"]
    for number, text in enumerate(harmful):
        own(crm, f"t{number}", text)
    before = sorted(crm.workspace.folder.rglob("*"))
    result = crm(*CHECK, "--json")
    assert (result.code, result.err) == (Exit.PARTIAL, "")
    assert {one["template"] for one in result.data} == {f"t{number}" for number in range(len(harmful))}
    assert sorted(crm.workspace.folder.rglob("*")) == before


def test_fields_are_listed_with_examples(crm: Crm) -> None:
    """All that there are, or what one template asks for."""
    every = {one["field"]: one for one in crm.json("outreach", "fields")}
    assert every["contact.greeting"] == {"field": "contact.greeting", "example": "Amina", "comes_from": "the person it is to"}
    assert every["introduction.both"]["example"].startswith("a list, each with name, role")
    own(crm, "mine", f"{HEAD}{{{{ day }}}}\n{{% for c in contact.works_with %}}{{{{ c }}}}{{% endfor %}}")
    assert [one["field"] for one in crm.json("outreach", "fields", "mine")] == ["contact.greeting", "contact.works_with", "day"]
    assert "--set day=TEXT" in crm.ok("outreach", "fields", "mine").out
    own(crm, "same", "Subject: Hello\nPurpose: service\nAbout: x\n\nHello.")
    assert crm.ok("outreach", "fields", "same").err == "no fields: it says the same to everybody\n"


def test_the_listing_can_be_of_some(crm: Crm) -> None:
    """By name."""
    assert [one["name"] for one in crm.json("outreach", "templates", "thank-offer", "introduce")] == ["thank-offer", "introduce"]
