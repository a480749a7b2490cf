"""Files of every format, made by code: what speechmine reads, and what is hostile."""

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence

SPEECH = "各镇街要坚持周通报、旬会商、月考核制度。"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(body: str, before: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """Make a Word file of the XML of its body; ``before`` stands before the document element."""
    head = f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document xmlns:w="{W}"'
    head += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    document = f"{head}<w:body>{body}</w:body></w:document>"
    return zipped({"[Content_Types].xml": TYPES, "word/document.xml": document, **(parts or {})})


def notes(kind: str, *texts: str) -> str:
    rows = "".join(f"<w:{kind}>{paragraph(text)}</w:{kind}>" for text in texts)
    return f'<w:{kind}s xmlns:w="{W}"><w:{kind} w:type="separator">{paragraph("线")}</w:{kind}>{rows}</w:{kind}s>'


def zipped(files: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def zip_bomb(size: int = 400_000_000) -> bytes:
    """Make a zip whose one member is nothing but blanks."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.txt", "w", force_zip64=True) as file,
    ):
        for _ in range(size // 1_000_000):
            file.write(b" " * 1_000_000)
    return out.getvalue()


def encrypted_zip() -> bytes:
    """Make a zip that says that its member is encrypted, in both of its places."""
    data = bytearray(zipped({"a.txt": SPEECH}))
    data[6] |= 1
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def tarred(files: Mapping[str, bytes], links: Mapping[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
        for name, target in (links or {}).items():
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = tarfile.SYMTYPE, target
            archive.addfile(entry)
    return out.getvalue()


def pdf(pages: Sequence[Sequence[str]], encrypt: bool = False, picture: bool = False) -> bytes:
    """Make a PDF of lines of text, with a Chinese font that every reader has; or of pictures without any."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append(
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>"
    )
    objects.append(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
    )
    objects.append("<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
                   "/Length 1 >>\nstream\n0\nendstream")  # fmt: skip
    kids = []
    for lines in pages:
        shown = " T* ".join(f"<{line.encode('utf-16-be').hex()}> Tj" for line in lines)
        content = f"BT /F1 12 Tf 14 TL 50 800 Td {shown} ET" + (" q 500 0 0 700 50 50 cm /I1 Do Q" if picture else "")
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> /XObject << /I1 5 0 R >> >> >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    trailer = f"/Size {len(objects) + 1} /Root 1 0 R"
    if encrypt:
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>")
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<{'43' * 16}> <{'43' * 16}>]"
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def page(text: str) -> bytes:
    return f"<html><head><meta charset=utf-8></head><body><p>{text}</p></body></html>".encode()


def warc_record(address: str, content: bytes, kind: str = "text/html", status: int = 200, encoding: str = "") -> bytes:
    """Make the record of one page that was fetched."""
    if encoding == "gzip":
        content = gzip.compress(content)
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n" + (
        f"Content-Encoding: {encoding}\r\n" if encoding else ""
    )
    block = head.encode() + f"Content-Length: {len(content)}\r\n\r\n".encode() + content
    return any_record("response", address, block, "application/http; msgtype=response")


def any_record(kind: str, address: str, block: bytes, content_type: str = "text/plain") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2021-03-11T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\nContent-Type: {content_type}\r\n"
    )
    return head.encode() + f"Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def deflated_noise(size: int) -> bytes:
    """Make bytes that do not compress, the same ones each time."""
    return zlib.compress(b"".join(number.to_bytes(4, "big") for number in range(size // 4)), 0)[:size]
