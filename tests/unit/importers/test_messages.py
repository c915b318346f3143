"""Messages of Outlook with messages inside them."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

import pytest

from annotator.importers import read_bytes
from annotator.importers.base import refused_parts
from annotator.model.errors import UserError
from helpers.articles import FOLDER
from helpers.compound import Tree, compound

_SENT = datetime(2031, 3, 3, 14, 5, tzinfo=UTC)


def _properties(head: int, when: datetime) -> bytes:
    ticks = int((when - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
    return bytes(head) + struct.pack("<IIQ", 0x00390040, 6, ticks)


def message(subject: str, body: str, sender: str = "Ann Doe", *, inner: bool = False) -> Tree:
    """Return the storage of a message."""
    return {
        "__properties_version1.0": _properties(24 if inner else 32, _SENT),
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_0C1A001F": sender.encode("utf-16-le"),
        "__substg1.0_1000001F": body.encode("utf-16-le"),
    }


def attached(number: int, inside: Tree | bytes, name: str = "") -> Tree:
    """Return the storage of what is attached to a message."""
    data: Tree = (
        {"__substg1.0_37010102": inside}
        if isinstance(inside, bytes)
        else {"__substg1.0_3701000D": inside}
    )
    label: Tree = {"__substg1.0_3707001F": name.encode("utf-16-le")} if name else {}
    storage: Tree = {"__properties_version1.0": bytes(8), **data, **label}
    return {f"__attach_version1.0_#{number:08X}": storage}


_OUTER = "Please see below what the harbour master wrote to us on Monday morning."
_INNER = "The port of Norport stays shut until Friday, the harbour master said. «\u00a0Non\u00a0»."
_DEEP = "Nobody was hurt in the fire that destroyed two warehouses, a spokesman said."


def _forwarded() -> bytes:
    deep = message("Fire at the port", _DEEP, "Tom Roe", inner=True)
    note = attached(1, "Une note jointe à la dépêche du port.".encode(), "note.txt")
    inner = {
        **message("Port fermé\u2026", _INNER, "Zoé Éluard", inner=True),
        **attached(0, deep),
        **note,
    }
    return compound({**message("FW: port", _OUTER), **attached(0, inner)})


def test_messages_inside_a_message_are_articles_of_their_own():
    found = read_bytes(_forwarded(), "fw.msg")
    assert not refused_parts(found)
    told = {a.headline: (a.text, dict(a.metadata)) for a in found}
    assert told["FW: port"][0].startswith(_OUTER)
    assert told["Port fermé…"][0].startswith(_INNER)
    assert told["Fire at the port"][0].startswith(_DEEP)
    assert told["Port fermé…"][1]["authors"] == "Zoé Éluard"
    assert told["Fire at the port"][1]["published"] == "2031-03-03T14:05+00:00"
    assert any("Une note jointe" in a.text for a in found)
    assert len(found) == 4
    again = read_bytes(_forwarded(), "fw.msg")
    assert [a.original for a in again] == [a.original for a in found]
    assert found[0].warnings == ("attachments",)


def test_a_message_of_a_program_is_kept_in_the_tests():
    """The stored file is the one that the fuzzer changes."""
    stored = (FOLDER / "msg/forwarded.msg").read_bytes()
    assert stored == _forwarded()


def test_the_body_of_a_message_inside_may_be_a_page():
    page = "<html><head><meta charset=windows-1252></head><body><p>Écrit hier.</p></body></html>"
    inner = message("Page", "", inner=True)
    del inner["__substg1.0_1000001F"]
    inner["__substg1.0_10130102"] = page.encode("cp1252")
    data = compound({**message("FW", _OUTER), **attached(0, inner)})
    assert [a.text for a in read_bytes(data, "a.msg")][1] == "Écrit hier."


def test_messages_too_deep_inside_each_other_end_as_one_refusal():
    tree = message("9", _DEEP, inner=True)
    for number in range(8, 0, -1):
        tree = {**message(str(number), _DEEP, inner=True), **attached(0, tree)}
    with pytest.raises(UserError, match="import-bomb"):
        read_bytes(compound({**message("0", _OUTER), **attached(0, tree)}), "a.msg")


def _mail(body: str, kind: str = "", **headers: str) -> bytes:
    lines = {
        "From": "Ann Doe <ann@example.invalid>",
        "Subject": "Port",
        "Date": "Mon, 3 Mar 2031 14:05:00 +0100",
        "Content-Type": f"text/plain; charset=utf-8{kind}",
        **headers,
    }
    head = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return f"{head}\n{body}".encode()


def test_flowed_lines_are_joined_and_a_signature_is_greyed():
    body = (
        "The harbour master of Norport said on Monday that the port stays shut until Friday, \n"
        "after a fire.\n  indented\n> Quoted words that were \n> parted.\n>> Older.\n\n-- \n"
        "Ann Doe\nThe Norport Courier\n"
    )
    (article,) = read_bytes(_mail(body, "; format=flowed"), "a.eml")
    lines = article.text.split("\n")
    assert lines[0].endswith("until Friday, after a fire.")
    assert lines[1:4] == [" indented", "> Quoted words that were parted.", ">> Older."]
    assert [s.slice(article.text) for s in article.mask] == ["-- \nAnn Doe\nThe Norport Courier"]


def test_flowed_lines_may_lose_their_space():
    (article,) = read_bytes(_mail("Nor \nport ist zu.\n", "; format=flowed; delsp=yes"), "a.eml")
    assert article.text.strip() == "Norport ist zu."


def test_a_comma_in_an_encoded_name_parts_nobody():
    sender = "=?utf-8?q?Le_Courrier=2C_l=27essentiel?= <n@example.invalid>"
    (article,) = read_bytes(_mail(_OUTER, From=sender), "a.eml")
    assert dict(article.metadata)["authors"] == "Le Courrier, l'essentiel"


def test_a_message_of_apple_mail_is_read_without_what_is_around_it():
    message = _mail(_OUTER)
    data = b"%d      \n%s<?xml version='1.0'?><plist/>\n" % (len(message), message)
    (article,) = read_bytes(data, "a.emlx")
    assert (article.headline, article.text) == ("Port", _OUTER)


def test_a_line_that_a_mailbox_quoted_is_as_it_was():
    one = _mail("First.\n>From here on all is well.\n").decode()
    box = f"From a@example.invalid Mon Mar  3 14:05:00 2031\n{one}\n"
    found = read_bytes(f"{box}{box}".encode(), "a.mbox")
    assert [a.text.split("\n")[1] for a in found] == ["From here on all is well."] * 2
