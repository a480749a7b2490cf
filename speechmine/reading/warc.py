"""Web archives: each page that was fetched, under its address. The only door to fastwarc.

fastwarc says nothing of a record that is cut off, and stops at one that is damaged. So `warc_records` finds the records
and what lies between them; fastwarc reads each.
"""

import io
from collections.abc import Iterator

from speechmine.reading.messages import Answer, Asked, Member, Refused
from speechmine.reading.packed import nothing_in
from speechmine.reading.stored import Stored
from speechmine.reading.warc_records import Lost, Raw, raw_records

_FETCHED = 200
# What a page is made of beside its text, by the first part or the whole of its type.
_NOT_PAGES = frozenset({
    "image", "audio", "video", "font", "text/css", "text/javascript", "application/javascript", "application/x-javascript",
    "application/json", "application/font-woff", "application/x-shockwave-flash", "text/vtt", "text/dns",
})  # fmt: skip


def read(stored: Stored, _: Asked) -> Iterator[Answer]:
    """Yield what was fetched, page by page, and a refusal for every loss.

    Records about the crawl (requests, metadata, revisits) are no documents and are not counted.
    """
    count = 0
    with stored.open() as file:
        for found in raw_records(file):
            answer = _lost(found, stored.source) if isinstance(found, Lost) else _safely(found, stored.source)
            if answer is not None:
                count += 1
                yield answer
    if count == 0:
        yield from nothing_in(stored.source)


def _lost(lost: Lost, source: str) -> Refused:
    what = f"damaged: {lost.size:,} bytes of it are lost"
    return Refused(source, what, "What comes before and after is read.")


def _safely(raw: Raw, source: str) -> Answer | None:
    """Read one record; a fault of it must not cost those that follow."""
    try:
        return _page(raw, source)
    except (OSError, ValueError, RuntimeError, MemoryError) as error:
        return Refused(source, f"a damaged record ({str(error)[:80]})", "What comes before and after is read.")


def _page(raw: Raw, source: str) -> Answer | None:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    record = next(
        iter(ArchiveIterator(io.BytesIO(raw.data), record_types=wanted, parse_http=True, auto_decode="all")), None
    )
    if record is None:
        return None
    address = (record.headers.get("WARC-Target-URI") or source).strip("<> ")
    address = "".join(char if char.isprintable() else "\ufffd" for char in address)
    if raw.skipped:
        return Refused(address, f"too large ({raw.skipped:,} bytes)", "Take it out of the web archive.")
    status = record.http_headers.status_code if record.http_headers is not None else _FETCHED
    if status != _FETCHED:
        return Refused(address, f"not fetched (HTTP status {status})", skipped=True)
    kind = (record.http_content_type or record.headers.get("Content-Type") or "").lower().partition(";")[0].strip()
    if kind in _NOT_PAGES or kind.partition("/")[0] in _NOT_PAGES:
        return Refused(address, f"not a page ({kind})", skipped=True)
    data = record.reader.read()
    if not data:
        return Refused(address, "empty: nothing was fetched", skipped=True)
    return Member(address, data, warnings=[raw.warning] if raw.warning else [])
