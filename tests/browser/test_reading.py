"""What a reader does: search, narrow, open the evidence, look at a chart, take the table along."""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page_samples import Sample

MARKED = "[...document.querySelectorAll('mark.here')].map(mark => mark.textContent).join('')"


@pytest.mark.parametrize("words", ["调度", "調度"])
def test_typing_finds_either_script(page: Page, site: str, words: str) -> None:
    page.goto(site)
    page.keyboard.type(words)  # the field has the focus
    expect(page.locator(".hit").first).to_contain_text("调度")
    expect(page).to_have_url(re.compile(r"\?q=%E8%B0|\?q=%E8%AA"))
    expect(page.locator(".count")).to_have_text("共 29 条")
    assert page.locator(".hit mark").first.inner_text() in {"调度", "調度"}


def test_typing_keeps_the_field_and_the_cursor(page: Page, site: str) -> None:
    page.goto(site)
    for words in ("固", "定资产", "投资"):
        page.keyboard.type(words)
        page.wait_for_timeout(150)
    expect(page.locator("#q")).to_have_value("固定资产投资")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator(".hit mark").first).to_have_text("固定资产投资")


def test_a_facet_narrows_and_the_back_button_widens(page: Page, site: str) -> None:
    page.goto(site)
    with page.expect_response(lambda answer: "/filters?q=%E9%A1%B9%E7%9B%AE" in answer.url):
        page.keyboard.type("项目")
    expect(page.locator("aside.filters:not(.stale)")).to_be_visible()
    before = page.locator(".count").inner_text()
    goals = page.locator("aside.filters a", has_text="目标")
    count = goals.locator(".number").inner_text()
    goals.click()
    expect(page.locator(".count")).to_have_text(f"共 {count} 条")
    expect(page.locator("#q")).to_have_value("项目")
    assert set(page.locator(".hit .kind").all_inner_texts()) == {"目标"}
    page.go_back()
    expect(page.locator(".count")).to_have_text(before)
    expect(page.locator("#q")).to_have_value("项目")


def test_a_facet_taken_at_once_holds_what_is_typed(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.type("固定")
    page.locator("aside.filters a", has_text="目标").click()
    expect(page).to_have_url(re.compile(r"\?kind=goal&q=%E5%9B%BA%E5%AE%9A"))


def test_the_evidence_opens_at_the_right_words(page: Page, site: str, sample: Sample) -> None:
    quotes = {
        one.id: one.evidence.quote
        for record in sample.records
        for one in (*record.mechanisms, *record.goals, *record.figures, *record.measures)
    }
    page.goto(f"{site}/?q=调度")
    links = [link.get_attribute("href") or "" for link in page.locator(".sentence a[data-hit]").all()]
    for link in links[:12]:
        page.goto(site + link)
        assert page.evaluate(MARKED) == quotes[link.partition("#")[2]]
        expect(page.locator("mark.here").first).to_be_in_viewport()


def test_the_side_list_leads_to_the_words(page: Page, site: str, sample: Sample) -> None:
    record = sample.records[0]
    page.goto(f"{site}/documents/{record.document.id}")
    for finding in (record.measures[-1], record.goals[0], record.mechanisms[4]):
        page.locator(f'[data-go="{finding.id}"]').click()
        assert page.evaluate(MARKED) == finding.evidence.quote
        expect(page.locator("mark.here").first).to_be_in_viewport()
        assert page.url.endswith(f"?finding={finding.id}#{finding.id}")
    page.reload()
    assert page.evaluate(MARKED) == record.mechanisms[4].evidence.quote


def test_a_link_with_the_place_alone_marks_the_words(page: Page, site: str, sample: Sample) -> None:
    record = sample.records[0]
    page.goto(f"{site}/documents/{record.document.id}#{record.goals[3].id}")
    assert page.evaluate(MARKED) == record.goals[3].evidence.quote


def test_the_keyboard_goes_from_the_search_to_the_evidence_and_back(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=调度")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-hit]").first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("[data-hit]").nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/documents/"))
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"/\?q="))


def test_the_chart_is_drawn_and_the_table_stands_beside_it(page: Page, site: str) -> None:
    page.goto(f"{site}/metrics?metric=%3D固定资产投资")
    canvas = page.locator("[data-chart] canvas")
    expect(canvas).to_be_visible()
    drawn = """canvas => new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size"""
    page.wait_for_function(f"() => ({drawn})(document.querySelector('[data-chart] canvas')) > 10")
    assert page.locator("[data-values] tbody tr").count() > 5
    page.locator("[data-values] [data-hit]").first.click()
    assert page.evaluate(MARKED) == "10%"


def test_the_calendar_is_drawn(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=日碰头、周会商、旬通报、季观摩&kind=mechanism")
    page.locator("a.to").first.click()
    expect(page.locator("svg.year .cell")).to_have_count(365 + 53 + 36 + 4)


def test_a_download_opens(page: Page, site: str, tmp_path: Path) -> None:
    page.goto(f"{site}/?q=调度")
    with page.expect_download() as waiting:
        page.locator(".downloads a", has_text="xlsx").click()
    waiting.value.save_as(tmp_path / "found.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "found.xlsx").active
    assert sheet is not None
    assert sheet.max_row == 30
    assert page.url.startswith(site)


@pytest.mark.parametrize(
    "path", ["/?q=调度", "/?kind=goal&min=5&due_before=2026", "document", "/mechanisms", "/metrics?metric=投资", "/api"]
)
def test_a_phone_scrolls_in_one_direction(browser: Browser, site: str, sample: Sample, path: str) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 812}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(site + (f"/documents/{sample.records[3].document.id}" if path == "document" else path))
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    context.close()


def _contrast(page: Page, element: str, ground: str) -> float:
    colours = """([element, ground]) => [getComputedStyle(document.querySelector(element)).color, getComputedStyle(document.querySelector(ground)).backgroundColor]"""
    light, dark = sorted((_brightness(colour) for colour in page.evaluate(colours, [element, ground])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _brightness(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_schemes_can_be_read(browser: Browser, site: str, sample: Sample, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{site}/?q=调度")
    for element in (".sentence", ".hit mark", ".facts", ".count", ".hint", "aside.filters .number"):
        assert _contrast(page, element, "html") >= 4.5, element
    background = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (_brightness(background) < 0.05) == (scheme == "dark")
    page.goto(f"{site}/documents/{sample.records[1].document.id}?finding={sample.records[1].goals[0].id}")
    for kind in ("mechanism", "goal", "figure", "here"):
        assert _contrast(page, f"mark.{kind}", f"mark.{kind}") >= 4.5, kind
    assert _contrast(page, "mark.furniture", "html") >= 4.5
    context.close()


def test_without_scripts_all_still_works(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.locator("#q").fill("調度")
    page.locator("form.search button").first.click()
    expect(page.locator(".count")).to_have_text(
        "共 29 条" if page.locator("html").get_attribute("lang") == "zh-Hans" else "29 found"
    )
    page.locator(".sentence a").first.click()
    expect(page.locator("mark.here").first).to_be_visible()
    context.close()
