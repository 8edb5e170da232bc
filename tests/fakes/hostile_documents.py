"""Documents that are one to whoever fetches them, and hurt whoever reads them."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import Final

from tests.fakes.documents import word

ABOUT: Final = (
    "Ada Quill was born in Leith in 1801, and drew maps of every harbour from there to Bergen. Her brother sold ink to"
    " pay for them, and her maps were printed in Oslo. The surveyor Ada Quill taught drawing in her last years, and"
    " pupils came to her from three countries. She died among her charts, and her school went on for thirty years."
)


def deep_page(levels: int = 500_000) -> bytes:
    """A page of 2.5 MB whose elements stand one inside of the other."""
    return b"<html><body>" + b"<div>" * levels + ABOUT.encode()


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    body, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (count, table, count, len(body))
    )


def _packed(data: bytes, times: int) -> bytes:
    """What zlib would make of `data` so many times over, in no time: a flushed block stands for itself anywhere."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(times):
        check = zlib.adler32(data, check)
    return b"\x78\xda" + block * times + b"\x03\x00" + check.to_bytes(4, "big")


def pdf_bomb() -> bytes:
    """Some kilobytes that unpack, twice, to a gigabyte of one page's drawing."""
    twice = zlib.compress(_packed(b"BT (x) Tj ET\n" * 500_000, 154))
    stream = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>\nstream\n%b\nendstream" % (len(twice), twice)
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        stream,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def pdf_loop() -> bytes:
    """A tree of pages that holds itself."""
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 999999999>>")


def outward_word(*paragraphs: str) -> bytes:
    """A Word file that names a template and a picture on another server, as relations."""
    before, after = BytesIO(word(*(paragraphs or (ABOUT,)))), BytesIO()
    outside = (
        b'<Relationship Id="rId900" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'attachedTemplate" Target="http://169.254.169.254/latest/meta-data" TargetMode="External"/>'
        b'<Relationship Id="rId901" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'image" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "word/_rels/document.xml.rels":
                data = data.replace(b"</Relationships>", outside)
            new.writestr(part, data)
    return after.getvalue()
