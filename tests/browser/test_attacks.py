"""Speeches are hostile: none of a hundred payloads runs, wherever it stands."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import listening
from tests.page_samples import PAYLOADS

CANARY = "[window.canary, document.body.dataset.canary].filter(Boolean).length"


@pytest.fixture
def watched(browser: Browser) -> Page:
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(5_000)
    page = context.new_page()
    page.add_init_script(
        "addEventListener('securitypolicyviolation', event => console.error('CSP ' + event.violatedDirective))"
    )
    return page


def test_a_hundred_payloads_in_records_stay_words(watched: Page, hostile_site: str) -> None:
    assert len(PAYLOADS) >= 100
    heard = listening(watched)
    # Each document holds some thirty of them, so that every fourth shows each payload in several fields.
    documents = [f"/documents/{number:04}?finding=a{number}" for number in range(0, len(PAYLOADS), 4)]
    pages = [f"/?kind={kind}&page={page}" for kind in ("mechanism", "measure") for page in range(1, 7)]
    for path in [*documents, *pages, "/mechanisms", "/metrics"]:
        watched.goto(hostile_site + path, wait_until="domcontentloaded")
        assert watched.evaluate(CANARY) == 0, path
    assert heard == []
    watched.context.close()


def test_a_hundred_payloads_in_queries_stay_words(watched: Page, hostile_site: str) -> None:
    heard = listening(watched)
    fields = ("q", "metric", "place", "owner", "topic", "unit")
    for number in range(0, len(PAYLOADS), len(fields)):
        given = "&".join(f"{field}={quote(payload)}" for field, payload in zip(fields, PAYLOADS[number:], strict=False))
        watched.goto(f"{hostile_site}/?{given}", wait_until="domcontentloaded")
        assert watched.evaluate(CANARY) == 0, given
    for field in ("kind", "sort", "lang", "year", "min", "due_before", "page"):
        watched.goto(f"{hostile_site}/?{field}={quote(PAYLOADS[3])}", wait_until="domcontentloaded")
        assert watched.evaluate(CANARY) == 0, field
    assert [words for words in heard if "400" not in words] == []
    watched.context.close()


def test_payloads_in_charts_and_calendars_stay_words(watched: Page, hostile_site: str) -> None:
    heard = listening(watched)
    for number in range(0, len(PAYLOADS), 12):
        watched.goto(f"{hostile_site}/metrics?metric={quote('=' + PAYLOADS[number])}")
        canvas = watched.locator("[data-chart] canvas")
        if canvas.count():
            canvas.hover()
        watched.goto(f"{hostile_site}/mechanisms/m{number}")
        assert watched.evaluate(CANARY) == 0, PAYLOADS[number]
    assert heard == []
    watched.context.close()


def test_typed_payloads_stay_words(watched: Page, hostile_site: str) -> None:
    heard = listening(watched)
    watched.goto(hostile_site)
    for payload in PAYLOADS[:30:5]:
        watched.locator("#q").fill(payload)
        watched.wait_for_timeout(180)
        assert watched.evaluate(CANARY) == 0, payload
    assert [words for words in heard if "400" not in words] == []
    watched.context.close()
