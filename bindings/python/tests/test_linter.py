"""The linter itself: what it takes, what it gives, and what it says of what it cannot take."""

import dataclasses
import datetime
import pickle
import shutil

import pytest
from conftest import WORDS

import caselint

SAID = "“Zoë” 🙂 said that she puts herself at risk."


def test_offsets_count_characters(linter):
    (finding,) = linter.check(SAID).findings
    assert SAID[finding.start : finding.end] == finding.text == "puts herself at risk"
    assert isinstance(finding, caselint.Finding)
    assert pickle.loads(pickle.dumps(finding)) == finding == dataclasses.replace(finding)


SUBJECTS = [
    caselint.Subject(age=12),
    {"age": 12},
    caselint.Subject(date_of_birth=datetime.date(2014, 1, 2)),
    {"date_of_birth": "2/1/2014"},
]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_is_known_of_the_subject_is_heard(linter, subject):
    text = "Mum said that Robyn consented to sex."
    date = datetime.date(2026, 3, 1)
    (finding,) = [finding for finding in linter.check(text, subject, date=date).findings if finding.kind == "phrase"]
    (plain,) = [finding for finding in linter.check(text).findings if finding.kind == "phrase"]
    assert finding.gravity > plain.gravity
    assert linter.check({"text": text, "subject": {"age": 12}}).findings[0].message == finding.message


def test_boxes_of_a_form(linter):
    record = {"id": 7, "fields": [{"id": "said", "text": "🙂 She puts herself at risk."}]}
    result = linter.check(record)
    assert (result.id, result.findings[0].field, result.findings[0].start) == ("7", "said", 6)


def test_a_notebook_shows_the_marked_text_and_nothing_that_runs(linter):
    html = linter.check("<script>alert(1)</script> She puts herself at risk.")._repr_html_()
    assert "<script" not in html
    assert ">puts herself at risk</mark>" in html
    questions = linter.check("She puts herself at risk.").findings[0].questions
    assert all(question.replace("'", "&#39;") in html for question in questions)
    assert "Nothing found" in linter.check("Tea was ready.")._repr_html_()


def test_settings_travel(tmp_path):
    words = tmp_path / "words.toml"
    shutil.copy(WORDS, words)
    config = tmp_path / "caselint.toml"
    config.write_text('lexicons = ["words.toml"]\noff = ["consent"]\n', encoding="utf-8")
    linter = caselint.Linter(config=config)
    for path in (words, config):
        path.unlink()
    sent = pickle.loads(pickle.dumps(linter))
    text = "She is flimworthy. She consented to sex."
    assert sent.edition == linter.edition != caselint.Linter().edition
    assert [finding.family for finding in sent.check(text).findings if finding.kind == "phrase"] == ["local-words"]
    assert sent.check(text) == linter.check(text)


# What is asked for, with the flags that ask the command line for the same.
WRONG = [
    ({"profile": "cor"}, ["--profile", "cor"]),
    ({"jurisdiction": "wales"}, ["--jurisdiction", "wales"]),
    ({"families": ["consnt"]}, ["--family", "consnt"]),
    ({"on": ["consent/no-such"]}, ["--on", "consent/no-such"]),
    ({"lexicons": ["{}/bad.toml"]}, ["--lexicon", "{}/bad.toml"]),
    ({"lexicons": ["{}/none.toml"]}, ["--lexicon", "{}/none.toml"]),
    ({"config": "{}/odd.toml"}, ["--config", "{}/odd.toml"]),
    ({"config": "{}/both.toml"}, ["--config", "{}/both.toml"]),
    ({"config": "{}/name.toml"}, ["--config", "{}/name.toml"]),
    ({"config": "{}/none.toml"}, ["--config", "{}/none.toml"]),
]
FILES = {
    "bad.toml": 'family = "our-words"\n[[concern]]\nid = "grumble"\nphrase = 1\n',
    "odd.toml": 'profil = "core"\n',
    "both.toml": 'on = ["consent"]\noff = ["consent"]\n',
    "name.toml": 'off = ["consnt"]\n',
}


@pytest.mark.parametrize(("wanted", "flags"), WRONG, ids=[" ".join(flags) for _, flags in WRONG])
def test_messages_are_those_of_the_command_line(command, tmp_path, wanted, flags):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    note = tmp_path / "note.txt"
    note.write_text("Tea was ready.", encoding="utf-8")

    def named(value):
        return [named(item) for item in value] if isinstance(value, list) else value.replace("{}", str(tmp_path))

    with pytest.raises(caselint.SettingsError) as raised:
        caselint.Linter(**{key: named(value) for key, value in wanted.items()})
    alone = [] if "--config" in flags else ["--no-config"]
    done = command("check", *alone, *named(flags), note)
    assert done.returncode == 2
    assert [f"caselint: {line}" for line in str(raised.value).splitlines()] == done.stderr.splitlines()


# A record that cannot be read, and what the message says.
BAD = [
    ({"text": "secret", "subject": {"age": -3}}, "“age” should be a whole number of years, such as 12"),
    ({"text": "secret", "date": "secret"}, "“date” should be a date, day first"),
    ({"note": "secret"}, "it has neither “text” nor “fields”"),
    ({"text": None}, "it has neither “text” nor “fields”"),
    ("secret \ud800", "lone surrogate"),
    ({"text": "secret", "meta": {"x": object()}}, "none that JSON has"),
    (b"secret", "this is of type bytes"),
]


@pytest.mark.parametrize(("record", "says"), BAD, ids=[says for _, says in BAD])
def test_what_is_wrong_with_a_record_is_told_without_its_words(linter, record, says):
    with pytest.raises(caselint.InputError) as raised:
        linter.check(record)
    error = raised.value
    assert says in str(error)
    assert "secret" not in "".join(map(str, [error, error.__cause__, *error.args]))
    first, middle, last = linter.check_many(["She puts herself at risk.", record, "She puts herself at risk."])
    assert (middle.error, middle.findings) == (str(error), ())
    assert len(first.findings) == len(last.findings) == 1


def test_a_name_alone_is_no_list():
    with pytest.raises(caselint.InputError, match="should stand in a list"):
        caselint.Linter(families="consent")
