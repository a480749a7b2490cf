"""Real Chromium, driven by Playwright; where there is none, the tests are skipped and say so.

All ends with the package: Playwright keeps an event loop running, beside which other tests could have none.
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)

from tests.page_samples import Sample, hostile_store, sample_store, served

_NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = ["--no-sandbox"] if os.geteuid() == 0 else []
"""Root may not use the sandbox; CI runs as root in a container."""

WIDE: ViewportSize = {"width": 1280, "height": 900}


def chromium() -> str | None:
    """Return where the browser of this machine is."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    program = chromium()
    if program is None:
        pytest.skip(f"no Chromium on this machine (looked for {', '.join(_NAMES)})")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def sample(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Sample:
    return sample_store(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="package")
def site(sample: Sample) -> Iterator[str]:
    with served(sample.path) as address:
        yield address.rstrip("/")


@pytest.fixture(scope="package")
def hostile_site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    with served(hostile_store(tmp_path_factory.mktemp("hostile")).path) as address:
        yield address.rstrip("/")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=WIDE, locale="zh-CN", accept_downloads=True)
    context.set_default_timeout(5_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that must stay quiet: no error, no message, no dialog, no refusal of the policy."""
    page = context.new_page()
    heard = listening(page)
    yield page
    assert heard == []


def listening(page: Page) -> list[str]:
    """Collect whatever a page should never say, ask or open."""
    heard: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            heard.append(f"{message.type}: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:")):
            heard.append(f"asked {request.url}")

    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("console", said)
    page.on("dialog", dismissed)
    page.on("request", asked)
    return heard
