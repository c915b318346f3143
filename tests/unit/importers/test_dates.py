from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.importers.kit.dates import clean_iso, find_dates


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("Reuters • 22/08/2031 à 00:30", "fr", "2031-08-22T00:30"),
        ("le mardi 3 mars 2031 à 18h42", "fr", "2031-03-03T18:42"),
        ("1er août 2031", "fr", "2031-08-01"),
        ("3 mars 2031 à 18h", "fr", "2031-03-03T18:00"),
        ("March 3, 2031 at 2:05 p.m. EST", "en", "2031-03-03T14:05-05:00"),
        ("3 March 2031, 14:05 GMT", "en", "2031-03-03T14:05+00:00"),
        ("Tuesday, Aug. 22nd, 2031", "en", "2031-08-22"),
        ("12:30 am March 3, 2031", "en", "2031-03-03T00:30"),
        ("2031-03-03T18:42:10+01:00", "en", "2031-03-03T18:42:10+01:00"),
        ("03.04.2031", "de", "2031-04-03"),
        ("03/04/2031", "fr", "2031-04-03"),
        ("03/04/2031", "en", "2031"),
        ("03/14/2031", "en", "2031-03-14"),
        ("août 2031", "fr", "2031-08"),
        ("date 2031-08 fin", "fr", "2031-08"),
        ("May 3, 2031 at 12:10 a.m.", "en", "2031-05-03T00:10"),
    ],
)
def test_a_date_has_exactly_the_precision_it_states(text: str, language: str, value: str):
    assert [found.value for found in find_dates(text, 0, len(text), language=language)] == [value]


@pytest.mark.parametrize(
    "text",
    ["31/02/2031", "le 45 mars 2031", "99/99/2031", "en 2031", "123/08/2031", "mai", "v2.3.2031"],
)
def test_what_is_no_date_gives_none(text: str):
    found = find_dates(text, 0, len(text), language="fr")
    assert [f.value for f in found if len(f.value) > 7] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("le 3 mars 2031 à 18h42 (heure de Paris)", "2031-03-03T18:42+01:00"),
        ("le 3 août 2031 à 18h42, heure de Paris", "2031-08-03T18:42+02:00"),
        ("3 août 2031 à 18:42 heure de Bruxelles", "2031-08-03T18:42+02:00"),
        ("3 août 2031 à 9h à l’heure de New York", "2031-08-03T09:00-04:00"),
        ("3 août 2031 à 9h, heure de l’Est.", "2031-08-03T09:00-04:00"),
        ("3 août 2031 à 9h (heure d’Abidjan)", "2031-08-03T09:00+00:00"),
        ("Aug. 3, 2031 at 9:05 a.m. Paris time", "2031-08-03T09:05+02:00"),
        ("3 January 2031, 14:05 (London time)", "2031-01-03T14:05+00:00"),
        ("3 July 2031, 14:05 London time", "2031-07-03T14:05+01:00"),
        ("July 3, 2031 2:05 PM ET", "2031-07-03T14:05-04:00"),
        ("Jan. 3, 2031 2:05 PM PT", "2031-01-03T14:05-08:00"),
        ("2:05 p.m. ET, July 3, 2031", "2031-07-03T14:05-04:00"),
        ("2:05 p.m. Eastern Time, Jan. 3, 2031", "2031-01-03T14:05-05:00"),
        ("14:05 London time on 3 July 2031", "2031-07-03T14:05+01:00"),
        ("July 3, 2031 at 2:05 p.m. Eastern Daylight Time", "2031-07-03T14:05-04:00"),
        ("2031-07-03 14:05 Tokyo time", "2031-07-03T14:05+09:00"),
        # Nobody says which of the two half past two of that night it was.
        ("le 26 octobre 2031 à 2h30 (heure de Paris)", "2031-10-26T02:30"),
        ("le 3 mars 2031 à 18h42, heure de Trifouillis", "2031-03-03T18:42"),
        ("le 3 mars 2031 à 18h42 (heure locale)", "2031-03-03T18:42"),
        # Small words are no zones: "est", "et", "tu".
        ("le 3 mars 2031 à 18:42 est un lundi", "2031-03-03T18:42"),
        ("le 3 mars 2031 à 18:42 et après", "2031-03-03T18:42"),
        ("le 3 mars 2031 à 18h42 tu verras", "2031-03-03T18:42"),
        ("le 3 mars 2031 (heure de Paris)", "2031-03-03"),
    ],
)
def test_a_clock_in_words_gives_the_offset_of_that_day(text: str, value: str):
    (found,) = find_dates(text, 0, len(text), language="fr")
    assert found.value == value
    if found.precision > 10 and "+" in value and "(" in text:
        assert found.span.slice(text).endswith(")")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2031-03-03T18:42:00+0100", "2031-03-03T18:42+01:00"),
        ("2031-03-03T18:42:07.123Z", "2031-03-03T18:42:07+00:00"),
        ("2031-03-03T00:00:00", "2031-03-03"),
        ("2031-03-03T00:00:00Z", "2031-03-03T00:00+00:00"),
        ("2031-03", "2031-03"),
        ("20310303T184200Z", "2031-03-03T18:42+00:00"),
        ("2031-13-03", "2031"),
        ("2031-02-31", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_dates_of_the_markup(raw: str, value: str):
    assert clean_iso(raw) == value or (raw == "2031-13-03" and clean_iso(raw) == "")


@given(st.text(max_size=120))
def test_any_text_is_survived(text: str):
    for found in find_dates(text, 0, len(text), language="fr"):
        assert 0 <= found.span.start < found.span.end <= len(text)
    assert len(clean_iso(text)) in (0, 4, 7, 10, 16, 19, 22, 25)
