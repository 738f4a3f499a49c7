"""Bodies in Markdown: what their plain text and their page say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costs import grows_with_its_length
from letter_parts import Page, letters
from payloads import HOSTILE
from solidarity_crm.exchange.outreach.markdown import LIMIT, as_html, as_text, escaped
from solidarity_crm.text import safe

TAGS = {"html", "head", "meta", "title", "body", "p", "br", "a", "em", "strong", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}  # fmt: skip


@pytest.mark.parametrize(
    ("body", "text", "page"),
    [
        ("Dear Siân,\n\nHello.\n", "Dear Siân,\n\nHello.\n", "<p>Dear Siân,</p>\n<p>Hello.</p>\n"),
        ("*a* and **b**", "_a_ and *b*", "<p><em>a</em> and <strong>b</strong></p>\n"),
        ("# What next\n\nThis.", "What next\n---------\n\nThis.", "<h1>What next</h1>\n<p>This.</p>\n"),
        (
            "See [our page](https://leeds.example/a_b).",
            "See our page (https://leeds.example/a_b).",
            '<p>See <a href="https://leeds.example/a_b">our page</a>.</p>\n',
        ),
        (
            "[hello@leeds.example](mailto:hello@leeds.example)",
            "hello@leeds.example",
            '<p><a href="mailto:hello@leeds.example">hello@leeds.example</a></p>\n',
        ),
        (
            "It is at https://meet.example.org/x_1_.",
            "It is at https://meet.example.org/x_1_.",
            '<p>It is at <a href="https://meet.example.org/x_1">https://meet.example.org/x_1</a>_.</p>\n',
        ),
        ("- one\n- two\n", "- one\n- two\n", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("3. one\n4. two", "3. one\n4. two", '<ol start="3">\n<li>one</li>\n<li>two</li>\n</ol>\n'),
        ("> so\n> they say", "> so\n> they say", "<blockquote>\n<p>so<br>\nthey say</p>\n</blockquote>\n"),
        ("Robin and Sam\nLeeds", "Robin and Sam\nLeeds", "<p>Robin and Sam<br>\nLeeds</p>\n"),
        ("x" * 40 + " and this line of prose\ngoes on", None, "<p>" + "x" * 40 + " and this line of prose\ngoes on</p>\n"),
        ("x" * 70 + "\n    Where: here", None, "<p>" + "x" * 70 + "<br>\nWhere: here</p>\n"),
        ("    Where: here\n    When: now", "    Where: here\n    When: now", "<p>Where: here<br>\nWhen: now</p>\n"),
        ("<b>a</b> &amp; <!-- x -->", None, "<p>&lt;b&gt;a&lt;/b&gt; &amp;amp; &lt;!-- x --&gt;</p>\n"),
        ("`a` ![c](https://x.example)", "`a` !c (https://x.example)", '<p>`a` !<a href="https://x.example">c</a></p>\n'),
        ("[a](javascript:alert(1)) [b](data:text/html,x)", None, "<p>[a](javascript:alert(1)) [b](data:text/html,x)</p>\n"),
        ("[a](//evil.example) [b](file:///etc/passwd) [c](/x)", None, "<p>[a](//evil.example) [b](file:///etc/passwd) [c](/x)</p>\n"),
        ("[a](http:x) [b](mailto)", None, "<p>[a](http:x) [b](mailto)</p>\n"),
        (
            '[a](https://x.example "onmouseover=alert(1)")',
            "a (https://x.example)",
            '<p><a href="https://x.example" title="onmouseover=alert(1)">a</a></p>\n',
        ),
    ],
)
def test_a_body_has_a_text_and_a_page(body: str, text: str | None, page: str) -> None:
    """The text as it was typed (None), but for marks that are not read; the page with the little that letters need."""
    assert as_text(body) == (body if text is None else text)
    found = as_html(body, "Hello")
    assert found.partition('40em">\n')[2] == f"{page}</body>\n</html>\n"
    assert Page(found).tags <= TAGS
    assert Page(found).attributes <= {"charset", "style", "href", "start", "lang", "title"}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("around", ["{}", "Dear {},", "- {}", "> {}", "# {}", "**{}**", "[{}](https://leeds.example)", "a\n{}\nb"])
def test_what_somebody_typed_is_the_letters_it_is(text: str, around: str) -> None:
    """Anywhere in a body: no emphasis, no link but of an address that is written out, no tag, nothing lost."""
    plain, typed = safe(text), escaped(text)
    page = Page(as_html(around.format(typed), "Hello"))
    whole = around.format(typed)
    assert letters(plain).replace("-", "") in letters(as_text(whole)).replace("-", "")  # a heading is underlined
    assert letters(plain) in letters(page.text)
    assert page.tags <= TAGS
    assert all(link.startswith(("https://leeds.example", "http://evil.example")) for link in page.links)


@given(st.text(alphabet="ab1 \n\t\\*_[]()<>#-+.!`&~|:/\"'\u00e9\u0301\u200d{}", max_size=40))
def test_typed_marks_are_never_markdown(text: str) -> None:
    """Whatever they are, on however many lines."""
    typed = escaped(text)
    assert letters(as_text(typed)) == letters(safe(text))
    page = Page(as_html(f"x {typed} y", "Hello"))
    assert letters(page.text) == letters(f"x {safe(text)} y")
    assert page.tags <= {"html", "head", "meta", "title", "body", "p", "br"}


def test_a_title_is_text() -> None:
    """On one line, and no tag."""
    assert "<title>a &lt;/title&gt;&lt;script&gt; b</title>" in as_html("x", "a </title><script>\nb")


def test_a_body_of_any_length_has_a_text() -> None:
    """One that is longer than any letter stays as it is, and has no page."""
    long = "**a** " * (LIMIT // 6 + 1)
    assert (as_text(long), as_html(long, "x")) == (long, "")


@pytest.mark.parametrize(
    "unit", ["[", "*a ", "**a", "a**b", "[a](", "](u)", "> ", "- ", "- x\n", "http://a ", "_", "\\*", "# x\n", "[a](<", "a\n", "1. ", "*_"]
)
def test_no_body_takes_long(unit: str) -> None:
    """Eight times as much of the worst takes about eight times as long, and not sixty-four."""
    assert grows_with_its_length(lambda body: as_html(body.decode(), "x"), lambda size: (unit * (size // len(unit))).encode(), 20_000)
