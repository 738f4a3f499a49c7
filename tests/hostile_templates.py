"""Templates that somebody might put into a workspace to look around in it, to write to others, or to keep the machine busy.

Each by name, with what a refusal must say. Known ways out of Jinja's sandbox are named by their number
(protection.md S6).
"""

from __future__ import annotations

HEAD = "Subject: Hello\nPurpose: service\nAbout: A greeting\n\n"
_MANY = "[" + "1," * 1_500 + "1]"
_LETTERS = "x" * 30_000


def whole(body: str) -> str:
    """Give a template's file with a body."""
    return f"{HEAD}Dear {{{{ contact.greeting }}}},\n\n{body}\n"


# out of the sandbox, into Python, files and other people's records
_LOOKING = {
    "a class's ancestors": ("{{ ''.__class__.__mro__ }}", "__class__, which is not something"),
    "the class of a contact": ("{{ contact.__class__ }}", "contact.__class__, which is not something"),
    "a method's globals": ("{{ contact.items.__globals__ }}", "contact.items, which is not something"),
    "an item by its key": ("{{ contact['__class__'] }}", "cannot use '[…]'"),
    "attr, CVE-2025-27516": ("{{ contact|attr('__class__') }}", "no filter 'attr'"),
    "format, Jinja 2.8.1": ("{{ '{0.__class__}'.format(contact) }}", "cannot use '(…)'"),
    "format_map, GHSA-462w-v97r-4m45": ("{{ '{x.__class__}'.format_map({'x': contact}) }}", "cannot use '(…)'"),
    "format kept for later, CVE-2024-56326": ("{{ ['{0.__class__}'.format]|map('list')|first }}", "no filter 'map'"),
    "a file's name, CVE-2024-56201": ("{% include '\\n__import__(\"os\")' %}", "cannot use 'include'"),
    "lipsum": ("{{ lipsum.__globals__.os.popen('id').read() }}", "cannot use '(…)'"),
    "cycler": ("{{ cycler.__init__.__globals__ }}", "cycler was not given"),
    "joiner": ("{{ joiner }}", "joiner was not given"),
    "namespace": ("{% set ns = namespace(x=1) %}{{ ns.x }}", "cannot use '(…)'"),
    "self": ("{{ self._TemplateReference__context }}", "_TemplateReference__context, which is not something"),
    "the loop itself": (
        "{% for c in contact.works_with|default([1]) %}{{ loop.__class__ }}{% endfor %}",
        "__class__, which is not something",
    ),
    "another file": ("{% include '/etc/passwd' %}", "cannot use 'include'"),
    "the store": ("{% include '../network.db' %}", "cannot use 'include'"),
    "a parent": ("{% extends 'thank-offer.txt' %}", "cannot use 'extends'"),
    "an import": ("{% import 'os' as os %}", "cannot use 'import'"),
    "a part of an import": ("{% from 'os' import system %}", "cannot use 'from'"),
    "notes of ours": ("{{ contact.note }}", "contact.note, which is not something"),
    "tags of ours": ("{{ contact.tags|join(', ') }}", "contact.tags, which is not something"),
    "somebody's address": ("{{ contact.emails|join(', ') }}", "contact.emails, which is not something"),
    "why somebody is not to be contacted": ("{{ contact.do_not_contact }}", "contact.do_not_contact, which is not something"),
    "everything at once": ("{{ contact }}", "is a list or has parts"),
    "settings": ("{{ network.store }}", "network.store, which is not something"),
    "a method called": ("{{ contact.delete() }}", "cannot use '(…)'"),
}
# a message of any size, or work without end
_BUSY = {
    "a text times a number": ("{{ 'a' * 100000000 }}", "cannot use '*'"),
    "a power": ("{{ 9 ** 99999999 }}", "cannot use '**'"),
    "a wide text": ("{{ '%999999999s'|format(1) }}", "no filter 'format'"),
    "a wide text by hand": ("{{ 'a'|center(100000000) }}", "no filter 'center'"),
    "a range": ("{% for i in range(1000000000) %}x{% endfor %}", "cannot use '(…)'"),
    "loops in loops": (f"{{% set xs = {_MANY} %}}" + "{% for a in xs %}" * 4 + "x" + "{% endfor %}" * 4, "repeats too much"),
    "a long loop that prints nothing": (
        f"{{% for a in {_MANY} %}}" + "{% if contact.name %}{% endif %}" * 250 + "{% endfor %}",
        "repeats too much",
    ),
    "a loop that calls itself": ("{% for a in [1] recursive %}{{ loop(a) }}{% endfor %}", "cannot use 'for'"),
    "a macro that calls itself": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "cannot use 'macro'"),
    "lists of lists that are compared": (
        "{% set a = [1] %}{% set b = [1] %}" + "{% set a = [a, a] %}{% set b = [b, b] %}" * 60 + "{% if a == b %}x{% endif %}",
        "compares what does not go together",
    ),
    "a long text between many": (f"{{% set a = {_MANY}|join('{_LETTERS}') %}}x", "repeats too much"),
    "a long text doubled again and again": (
        f"{{% set a = '{_LETTERS}' %}}" + "{% set a = [a, a]|join %}" * 40 + "{{ a|length }}",
        "repeats too much",
    ),
    "a text looked for everywhere": (
        f"{{% set a = '{_LETTERS}' %}}{{% for i in {_MANY} %}}{{% if 'y' in a %}}y{{% endif %}}{{% endfor %}}",
        "repeats too much",
    ),
    "a message without end": (f"{{% set a = '{_LETTERS}' %}}" + "{{ a }}" * 40, "is longer than 1,000,000 letters"),
    "a number without end": ("{{ 0x" + "f" * 60_000 + " }}", "is at most 1,000,000,000"),
    "digits without end": ("{{ " + "9" * 60_000 + " }}", "too large"),
    "a number that is none": ("{{ 1e999 }}", "numbers with a point"),
    "brackets without end": ("{{ " + "(" * 30_000 + "1" + ")" * 30_000 + " }}", "nested too deeply"),
    "lists without end": ("{{ " + "[" * 30_000 + "]" * 30_000 + " }}", "nested too deeply"),
    "conditions in conditions": ("{% if contact %}" * 1_000 + "x" + "{% endif %}" * 1_000, "nested too deeply"),
    "a condition of many parts": ("{% if " + "1 and " * 10_000 + "1 %}x{% endif %}", "nested too deeply"),
    "one branch after the other": ("{% if 0 %}a" + "{% elif 0 %}b" * 4_000 + "{% endif %}", "too many marks"),
    "as many marks as there is room for": ("{{1}}" * 13_000, "too many marks"),
    "as many names as there is room for": ("{% set a=1 %}" * 4_800, "too many marks"),
    "filters without end": ("{{ contact.name" + "|upper" * 9_000 + " }}", "too many marks"),
    "fields without end": ("{{ contact" + ".a" * 30_000 + " }}", "too many marks"),
    "comments without end": ("{#" * 30_000, "comment"),
    "quotes without end": ("{{ '" * 15_000, "expected token"),
    "a file without end": ("x" * 70_000, "at most 64 KB"),
}
HOSTILE_BODIES = {**_LOOKING, **_BUSY}

# wrong already above the first empty line
HOSTILE_FILES = {
    "another recipient": (HEAD.replace("About: A greeting", "Bcc: all@example.org") + "x", "the lines above the first empty one are"),
    "a purpose of its own": (HEAD.replace("service", "service\nPurpose: marketing") + "x", "a second Purpose"),
    "no purpose": (HEAD.replace("Purpose: service\n", "") + "x", "it needs a line 'Purpose: …'"),
    "bytes": ("\x00" * 100 + "\n\nx", "the lines above the first empty one are"),
    "nothing": ("", "it needs a line 'Subject: …'"),
}
HOSTILE_TEMPLATES = {**{name: (whole(body), said) for name, (body, said) in HOSTILE_BODIES.items()}, **HOSTILE_FILES}
