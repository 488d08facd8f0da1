from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from whoseword.doors.page.spans import Span, marked

TEXT = "The chief said that nobody was arrested at the scene, and the man stayed."


def span(start: int, end: int, number: int = 1) -> Span:
    return Span(start, end, f"w-{number}", f"s-{number}", number)


def parsed(text: str, *spans: Span) -> html.HtmlElement:
    return html.fragment_fromstring(str(marked(text, spans).markup), create_parent="div")


def plain(node: html.HtmlElement) -> str:
    for reference in node.xpath('.//a[@class="ref"]'):
        reference.drop_tree()
    return str(node.text_content())


def words_of(node: html.HtmlElement, one: Span) -> str:
    """The words that a span's marks hold: the part with the address, and the parts after it."""
    parts = node.xpath(f'.//mark[@id="{one.anchor}" or contains(@class, "of-{one.anchor}")]')
    return "".join(part.text_content() for part in parts)


def test_a_span_holds_exactly_its_words_and_leads_back_to_its_statement() -> None:
    node = parsed(TEXT, span(20, 39))
    assert node.xpath("string(.//mark)") == TEXT[20:39]
    assert node.xpath("string(.//a/@href)") == "#s-1"


def test_text_is_escaped() -> None:
    assert "<b>" not in marked("<b>not bold</b>", [span(3, 6)]).markup


def test_one_quote_of_three_statements_has_three_addresses() -> None:
    node = parsed(TEXT, span(4, 9, 1), span(4, 9, 2), span(4, 9, 3))
    assert sorted(node.xpath(".//mark/@id")) == ["w-1", "w-2", "w-3"]
    assert {mark.text_content() for mark in node.xpath(".//mark")} == {"chief"}
    assert node.xpath('.//a[@class="ref"]/text()') == ["1", "2", "3"]


def test_crossing_spans_light_up_whole() -> None:
    first, second = span(4, 20, 1), span(10, 30, 2)
    found = marked(TEXT, [first, second])
    node = parsed(TEXT, first, second)
    assert found.rules == (
        ":root:has(#w-2:target) .of-w-2{background:var(--lit);color:var(--on-lit)}",
    )
    assert plain(node) == TEXT
    assert words_of(node, second) == TEXT[10:30]


bounds = st.tuples(st.integers(0, 30), st.integers(1, 12))


@given(st.lists(bounds, max_size=8), st.randoms(use_true_random=False))
def test_any_spans_keep_the_text_and_each_its_words(
    pairs: list[tuple[int, int]], shuffler: object
) -> None:
    text = 'a <b>"quote"</b> & more; wörds\n\n said by <i>nobody'
    spans = [span(start, start + size, number) for number, (start, size) in enumerate(pairs)]
    whole = marked(text, spans)
    shuffler.shuffle(spans)  # type: ignore[attr-defined]
    assert marked(text, spans) == whole
    node = html.fragment_fromstring(str(whole.markup), create_parent="div")
    assert plain(node) == text
    for one in spans:
        assert len(node.xpath(f'.//mark[@id="{one.anchor}"]')) == 1
        assert words_of(node, one) == text[one.start : one.end]
