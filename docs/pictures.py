"""Take the pictures of docs/page.md: `python docs/pictures.py`. Needs Chromium; the page shows the sample speeches."""

import base64
import struct
import sys
import tempfile
import zlib
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from tests.browser.conftest import OPTIONS, chromium  # noqa: E402
from tests.page_samples import Sample, sample_store, served  # noqa: E402

_PIXELS = """async png => {
  const bytes = Uint8Array.from(atob(png), char => char.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const { data } = canvas.getImageData(0, 0, image.width, image.height);
  let text = "";
  for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
  return btoa(text);
}"""
"""The browser reads its own picture."""
WIDE, PHONE = (1200, 800), (375, 740)


def main() -> int:
    """Write every picture; say why where that cannot be."""
    program = chromium()
    if program is None:
        print("No Chromium on this machine: apt-get install chromium")
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        sample = sample_store(Path(folder))
        browser = playwright.chromium.launch(executable_path=program, args=[*OPTIONS, "--disable-lcd-text"])
        with served(sample.path) as address:
            for name, path, size, scheme in views(sample):
                take(browser, address.rstrip("/") + path, HERE / "pictures" / name, size, scheme)
        browser.close()
    return 0


def views(sample: Sample) -> list[tuple[str, str, tuple[int, int], str]]:
    """Return each picture's name, address, size and colours."""
    county = next(record for record in sample.records if record.document.source.startswith("s02"))
    document = f"/documents/{county.document.id}"
    rhythm = next(one for one in sample.records[0].mechanisms if one.name == "日碰头、周会商、旬通报、季观摩")
    goal = county.goals[4]
    return [
        ("search.png", "/?q=投资&kind=goal", WIDE, "light"),
        ("document.png", f"{document}?finding={goal.id}#{goal.id}", WIDE, "light"),
        ("mechanisms.png", "/mechanisms", (1200, 1160), "light"),
        ("mechanism.png", f"/mechanisms/{rhythm.id}", WIDE, "light"),
        ("metric.png", "/metrics?metric=%3D固定资产投资", WIDE, "light"),
        ("dark.png", "/?q=調度&lang=en", WIDE, "dark"),
        ("phone.png", "/?q=调度", PHONE, "light"),
    ]


def take(browser: Browser, address: str, file: Path, size: tuple[int, int], scheme: str) -> None:
    """Take one picture."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="zh-CN",
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    file.parent.mkdir(exist_ok=True)
    taken = page.screenshot()
    page.goto("about:blank")
    file.write_bytes(small(page, taken))
    context.close()


def small(page: Page, png: bytes) -> bytes:
    """Write a screenshot with a palette of at most 256 colours: a third of the bytes."""
    width, height = struct.unpack(">II", png[16:24])
    told = page.evaluate(_PIXELS, base64.b64encode(png).decode())
    pixels = np.frombuffer(base64.b64decode(told), np.uint8).reshape(-1, 4)[:, :3]
    packed = (pixels.astype(np.uint32) << np.array([16, 8, 0], np.uint32)).sum(axis=1)
    found, places, counts = np.unique(packed, return_inverse=True, return_counts=True)
    colours = found[np.argsort(-counts, kind="stable")[:256]]
    apart = (_parts(found)[:, None, :] - _parts(colours)[None, :, :]) ** 2
    places = apart.sum(axis=2).argmin(axis=1)[places]
    lines = np.hstack([np.zeros((height, 1), np.uint8), places.reshape(height, width).astype(np.uint8)])
    palette = b"".join(int(colour).to_bytes(3, "big") for colour in colours)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = [(b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(lines.tobytes(), 9)), (b"IEND", b"")]
    return png[:8] + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


def _parts(
    packed: "np.ndarray[tuple[int, ...], np.dtype[np.uint32]]",
) -> "np.ndarray[tuple[int, ...], np.dtype[np.int64]]":
    """Return red, green and blue of colours."""
    return np.stack([packed >> shift & 255 for shift in (16, 8, 0)], axis=1).astype(np.int64)


if __name__ == "__main__":
    sys.exit(main())
