"""The search for hidden names finds as much among thousands of names as among a few."""

import io
import zlib

import pypdfium2 as pdfium
from hypothesis import given
from hypothesis import strategies as st

from annotator.exporters.canary import Hidden, found_in
from annotator.exporters.redact import plain

name = st.text("abcdé’ 🙂", min_size=4, max_size=9).map(plain).filter(lambda w: len(w) >= 4)
STRANGERS = frozenset(Hidden(f"stranger number {n:04}", "actor") for n in range(60))


@given(st.text("abcdé’ 🙂", max_size=400), st.sets(name, max_size=20))
def test_many_names_hide_none(text, names):
    hidden = frozenset(Hidden(words, "actor") for words in names)
    assert found_in(text.encode(), hidden | STRANGERS) == found_in(text.encode(), hidden)


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["utf-8", "utf-16-le"]))
def test_a_name_is_found_among_many_wherever_it_stands(before, after, codec):
    wanted = Hidden("irène castel", "actor")
    data = f"{before} Irène Castel {after}".encode(codec, "ignore")
    assert wanted in found_in(data, STRANGERS | {wanted}) or codec != "utf-8"


def test_empty_and_tiny_files_hold_nothing():
    for data in (b"", b"abc", b"\x00"):
        assert found_in(data, STRANGERS) == set()


def test_letters_that_stand_apart_in_a_font_are_no_name():
    wanted = frozenset({Hidden("snae", "actor")})
    noise = bytes(range(32)) * 8
    assert found_in(noise + b"sn\xff\xfe\x01ae" + noise, wanted) == set()
    assert found_in(noise + b"Copyright SNAE 2031" + noise, wanted) == wanted


def test_packed_bytes_are_read_unpacked_only():
    wanted = frozenset({Hidden("snae", "actor")})
    page = zlib.compress(b"BT (nobody) Tj ET")
    assert found_in(pdf_with(page), wanted) == set()
    assert found_in(pdf_with(page, b"% snae"), wanted) == wanted
    assert found_in(pdf_with(b"not packed: snae"), wanted) == wanted
    assert found_in(pdf_with(zlib.compress(b"BT (SNAE) Tj ET")), wanted) == wanted


def pdf_with(stream, comment=b""):
    """Return a PDF of one empty page that carries a stream."""
    pdf = pdfium.PdfDocument.new()
    pdf.new_page(100, 100)
    out = io.BytesIO()
    pdf.save(out)
    pdf.close()
    return out.getvalue() + b"\n9 0 obj\n<<>>\nstream\n" + stream + b"\nendstream\n" + comment
