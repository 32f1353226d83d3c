"""Telegram's HTML: what it accepts, what it refuses, and how the page gets it back."""

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.formatting import formatted
from bot.sandbox.rendering import render


def html(source):
    return formatted(source, "HTML", None)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("<b>x</b>", "bold"),
        ("<strong>x</strong>", "bold"),
        ("<i>x</i>", "italic"),
        ("<em>x</em>", "italic"),
        ("<u>x</u>", "underline"),
        ("<ins>x</ins>", "underline"),
        ("<s>x</s>", "strikethrough"),
        ("<strike>x</strike>", "strikethrough"),
        ("<del>x</del>", "strikethrough"),
        ('<span class="tg-spoiler">x</span>', "spoiler"),
        ("<tg-spoiler>x</tg-spoiler>", "spoiler"),
        ("<code>x</code>", "code"),
        ("<pre>x</pre>", "pre"),
        ("<blockquote>x</blockquote>", "blockquote"),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
        ("<B >x</B >", "bold"),
        ("<b>x</>", "bold"),
    ],
)
def test_a_tag_becomes_an_entity(source, kind):
    message = html(source)
    assert message.text == "x"
    assert message.entities == [{"offset": 0, "length": 1, "type": kind}]


@pytest.mark.parametrize(
    ("source", "more"),
    [
        (
            '<a href="https://a.org/?b=1&amp;c">x</a>',
            {"type": "text_link", "url": "https://a.org/?b=1&c"},
        ),
        ("<a href='tg://user?id=5'>x</a>", {"type": "text_link", "url": "tg://user?id=5"}),
        (
            '<tg-emoji emoji-id="53">x</tg-emoji>',
            {"type": "custom_emoji", "custom_emoji_id": "53"},
        ),
        (
            '<tg-time unix="1800000000" format="wDT">x</tg-time>',
            {"type": "date_time", "unix_time": 1800000000, "date_time_format": "wDT"},
        ),
        (
            '<pre><code class="language-python">x</code></pre>',
            {"type": "pre", "language": "python"},
        ),
        ('<code class="language-python">x</code>', {"type": "code"}),
    ],
)
def test_an_attribute_says_more(source, more):
    assert html(source).entities == [{"offset": 0, "length": 1, **more}]


@pytest.mark.parametrize(
    "href", ["tel:112", "tel:+49112", "mailto", "ftp://a.org", "https://host"]
)
def test_what_is_no_link_to_telegram_silently_becomes_plain_text(href):
    message = html(f'<a href="{href}">call</a>')
    assert (message.text, message.entities) == ("call", [])


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("a<br>b", 'Unsupported start tag "br" at byte offset 1'),
        ("ä<p>b</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("2 < 3", 'Unsupported start tag "" at byte offset 2'),
        ("2 <3", "Unclosed start tag at byte offset 2"),
        ("a <", "Unclosed start tag at byte offset 2"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href=https://a.org>a</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="https://a.org>a</a>', 'Unclosed start tag "a" at byte offset 0'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<b ">a</b>', 'Empty attribute name in the tag "b" at byte offset 0'),
        ('<tg-emoji emoji-id="x">a</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<tg-time unix="1" format="q">a</tg-time>', "Invalid date-time format specified"),
    ],
)
def test_html_that_does_not_parse(source, said):
    with pytest.raises(ApiError) as refused:
        html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {said}"


def test_named_and_numeric_characters_are_read_and_others_left_alone():
    source = "&lt;&gt;&amp;&quot;&#33;&#x1F3C3; &nbsp; &copy &#0;&#xd800; AT&T"
    assert html(source).text == '<>&"!🏃 &nbsp; &copy &#0;&#xd800; AT&T'


def test_offsets_count_utf16_units():
    message = html("🏃 <b>run 🏃</b> <i>on</i>")
    assert [(one["offset"], one["length"]) for one in message.entities] == [(3, 6), (10, 2)]


def test_entities_are_nested_outermost_first():
    message = html("<i><b>x</b>y</i>")
    assert [one["type"] for one in message.entities] == ["italic", "bold"]


def test_commands_and_links_are_found_outside_of_code():
    message = html("/start see https://a.org/x. <code>/help</code> 24/7")
    assert [one["type"] for one in message.entities] == ["bot_command", "url", "code"]


def test_entities_can_be_given_instead():
    given = [{"type": "bold", "offset": 0, "length": 2}]
    assert formatted("hi", "", given).entities == given
    with pytest.raises(ApiError, match="can't parse MessageEntity"):
        formatted("hi", "", [{"type": "bold"}])


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<b>a &lt; <i>b</i></b> c", "<b>a &lt; <i>b</i></b> c"),
        (
            '<a href="https://a.org">x</a>',
            '<a href="https://a.org" target="_blank" rel="noopener noreferrer">x</a>',
        ),
        ("<blockquote expandable>x</blockquote>", "<blockquote expandable>x</blockquote>"),
        ('<tg-time unix="60" format="t">x</tg-time>', '<tg-time unix="60" format="t">x</tg-time>'),
        ("<tg-spoiler>🏃</tg-spoiler>", '<span class="tg-spoiler">🏃</span>'),
        ("/stretch", "/stretch"),
        ("&lt;script&gt;", "&lt;script&gt;"),
    ],
)
def test_the_page_gets_safe_html(source, shown):
    message = html(source)
    assert render(message.text, message.entities) == shown


def test_a_given_link_cannot_break_out_of_its_attribute():
    entity = {"type": "text_link", "offset": 0, "length": 1}
    assert "<script>" not in render("x", [{**entity, "url": 'https://a.org/"><script>'}])
    assert render("x", [{**entity, "url": "javascript:alert(1)//a.org"}]) == "x"


def test_crossing_entities_are_left_out():
    entities = [
        {"type": "bold", "offset": 0, "length": 3},
        {"type": "italic", "offset": 2, "length": 3},
    ]
    assert render("abcde", entities) == "<b>abc</b>de"
