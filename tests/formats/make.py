#!/usr/bin/env python3
"""Makes the files under `made/` with other people's software, from `visit.txt` and `chronology.txt`.

They are kept in the repository, so that the tests need none of it. To make them anew:

    apt-get install --no-install-recommends libreoffice-writer libreoffice-calc pandoc qpdf p7zip-full
    pip install python-docx openpyxl reportlab odfpy msoffcrypto-tool pyarrow pillow
    python3 tests/formats/make.py
"""

import csv
import email.message
import email.policy
import io
import json
import mailbox
import pathlib
import re
import shutil
import subprocess
import tempfile
import zipfile

import docx
from msoffcrypto.format.ooxml import OOXMLFile
import openpyxl
import pyarrow
import pyarrow.parquet
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from odf import draw as odf_draw
from odf import text as odf_text
from odf.opendocument import OpenDocumentText
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

HERE = pathlib.Path(__file__).parent
MADE = HERE / "made"
VISIT = [part for part in (HERE / "visit.txt").read_text().split("\n\n") if part.strip()]
VISIT = [part.strip() for part in VISIT]
CHRONOLOGY = [line.split(" | ") for line in (HERE / "chronology.txt").read_text().splitlines()]


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def libreoffice(source, ending, target, filter_name=None):
    """Has LibreOffice save a file in another format."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = f"{ending}:{filter_name}" if filter_name else ending
        run("soffice", "--headless", "--convert-to", wanted, "--outdir", folder, str(source))
        shutil.move(pathlib.Path(folder) / f"{source.stem}.{ending}", MADE / target)


def pandoc(markdown, target, *options):
    kinds = {"docx": "docx", "odt": "odt", "rtf": "rtf", "html": "html"}
    kind = kinds[target.rsplit(".", 1)[1]]
    subprocess.run(["pandoc", "-s", "-f", "markdown", "-t", kind, "-M", "title=Note", "-o", str(MADE / target), *options],
                   input=markdown.encode(), check=True)


def markdown_visit():
    return "\n\n".join(VISIT) + "\n"


def word():
    document = docx.Document()
    for part in VISIT:
        document.add_paragraph(part)
    document.save(MADE / "visit.docx")
    table_document = docx.Document()
    table = table_document.add_table(rows=0, cols=3)
    for row in CHRONOLOGY:
        for cell, value in zip(table.add_row().cells, row):
            cell.text = value
    table_document.save(MADE / "chronology.docx")
    parts_of_word()


def parts_of_word():
    """A document with a header, a footer, a list, a text box, a nested table, tracked changes and a comment."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "In the header: she is promiscuous."
    section.footer.paragraphs[0].text = "In the footer: he absconded."
    paragraph = document.add_paragraph("Seen at home. ")
    paragraph._p.append(tracked("ins", "Inserted: she is hard to reach."))
    paragraph._p.append(tracked("del", "Deleted: she is a prostitute."))
    document.add_paragraph("An item: he is manipulative.", style="List Bullet")
    document.add_paragraph("Another item: he is well.", style="List Bullet")
    boxed = document.add_paragraph("Beside a box.")
    boxed.add_run()._r.append(text_box("In a box: she puts herself at risk."))
    commented = document.add_paragraph("A comment hangs here.")
    document.add_comment(commented.runs, text="In a comment: she is attention seeking.", author="Jo")
    outer = document.add_table(rows=2, cols=2)
    outer.cell(1, 1).text = "In a cell: a lifestyle choice."
    inner = outer.cell(0, 0).add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "In an inner cell: he is streetwise."
    document.save(MADE / "parts.docx")


def tracked(kind, words):
    change = OxmlElement(f"w:{kind}")
    change.set(qn("w:id"), "7")
    change.set(qn("w:author"), "Jo")
    run_ = OxmlElement("w:r")
    text = OxmlElement("w:t" if kind == "ins" else "w:delText")
    text.text = words
    run_.append(text)
    change.append(run_)
    return change


def text_box(words):
    """A text box as Word writes it: once for itself, and once for programs before 2010."""
    from lxml import etree
    inner = f'<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>'
    return etree.fromstring(f'''
      <mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
        xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
        xmlns:v="urn:schemas-microsoft-com:vml">
        <mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></w:drawing></mc:Choice>
        <mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>
      </mc:AlternateContent>''')


def documents():
    pandoc(markdown_visit(), "visit-pandoc.docx")
    pandoc(markdown_visit(), "visit-pandoc.odt")
    pandoc(markdown_visit(), "visit-pandoc.rtf")
    pandoc(markdown_visit(), "visit-pandoc.html")
    inserted = "[He absconded.]{.insertion author=Jo date=2026-01-01}"
    deleted = "[She is a prostitute.]{.deletion author=Jo date=2026-01-01}"
    notes = f"Seen at home.[^1] {inserted} {deleted}\n\n[^1]: She is promiscuous.\n"
    pandoc(notes, "notes-pandoc.docx")
    pandoc("Seen at home.[^1] He absconded.\n\n[^1]: She is promiscuous.\n", "notes-pandoc.odt")
    boxes()
    opened = OpenDocumentText()
    for part in VISIT:
        opened.text.addElement(odf_text.P(text=part))
    opened.save(str(MADE / "visit-odfpy.odt"))
    for ending in ("odt", "rtf", "html", "pdf"):
        libreoffice(MADE / "visit.docx", ending, f"visit-libreoffice.{ending}")
        if ending != "pdf":
            libreoffice(MADE / "chronology.docx", ending, f"chronology-libreoffice.{ending}")
    libreoffice(MADE / "visit-odfpy.odt", "docx", "visit-libreoffice.docx")
    libreoffice(MADE / "parts.docx", "odt", "parts-libreoffice.odt")
    libreoffice(MADE / "parts.docx", "rtf", "parts-libreoffice.rtf")
    libreoffice(MADE / "notes-pandoc.docx", "rtf", "notes-libreoffice.rtf")
    libreoffice(MADE / "notes-pandoc.docx", "odt", "notes-libreoffice.odt")
    libreoffice(MADE / "visit.docx", "doc", "visit.doc")


def boxes():
    """A text box and an endnote, which LibreOffice carries into the other formats."""
    opened = OpenDocumentText()
    paragraph = odf_text.P(text="Seen at home.")
    frame = odf_draw.Frame(width="5cm", height="2cm", anchortype="paragraph")
    box = odf_draw.TextBox()
    box.addElement(odf_text.P(text="She is promiscuous."))
    frame.addElement(box)
    paragraph.addElement(frame)
    note = odf_text.Note(noteclass="endnote", id="n1")
    note.addElement(odf_text.NoteCitation(text="i"))
    body = odf_text.NoteBody()
    body.addElement(odf_text.P(text="He absconded."))
    note.addElement(body)
    paragraph.addElement(note)
    opened.text.addElement(paragraph)
    opened.save(str(MADE / "boxes-odfpy.odt"))
    libreoffice(MADE / "boxes-odfpy.odt", "docx", "boxes-libreoffice.docx")
    libreoffice(MADE / "boxes-odfpy.odt", "rtf", "boxes-libreoffice.rtf")


def pages():
    style = getSampleStyleSheet()["BodyText"]
    flow = []
    for part in VISIT:
        flow += [Paragraph(part.replace("&", "&amp;"), style), Spacer(1, 12)]
    SimpleDocTemplate(str(MADE / "visit-reportlab.pdf"), pagesize=A4).build(flow)
    picture = Image.new("1", (400, 200), 1)
    ImageDraw.Draw(picture).text((20, 80), "She is promiscuous.", fill=0)
    scanned = canvas.Canvas(str(MADE / "scanned.pdf"), pagesize=A4)
    scanned.drawInlineImage(picture, 72, 400)
    scanned.save()
    mixed = canvas.Canvas(str(MADE / "scanned-page.pdf"), pagesize=A4)
    mixed.drawString(72, 700, "Home visit. She is hard to reach, the social worker writes here.")
    mixed.showPage()
    mixed.drawImage(ImageReader(picture), 72, 400)
    mixed.showPage()
    mixed.drawString(72, 700, "The last page: he absconded, as the writer puts it.")
    mixed.save()
    run("qpdf", "--encrypt", "secret", "secret", "256", "--", str(MADE / "visit-reportlab.pdf"), str(MADE / "locked.pdf"))
    run("qpdf", "--encrypt", "", "secret", "256", "--", str(MADE / "visit-reportlab.pdf"), str(MADE / "owner-locked.pdf"))


def mails():
    plain = message("Home visit", "\n\n".join(VISIT) + "\n")
    (MADE / "visit.eml").write_bytes(plain.as_bytes())
    page = email.message.EmailMessage(policy=email.policy.SMTP)
    head(page, "Home visit")
    page.set_content("<html><body>" + "".join(f"<p>{part}</p>" for part in VISIT) + "</body></html>", subtype="html", cte="base64")
    (MADE / "visit-html.eml").write_bytes(page.as_bytes())
    with_files = message("Home visit", "See attached. She is hard to reach.\n")
    with_files.add_attachment((MADE / "visit.docx").read_bytes(), maintype="application", subtype="octet-stream",
                              filename="visit.docx")
    with_files.add_attachment("Note: he absconded.\n", filename="note.txt")
    with_files.add_attachment(png(), maintype="image", subtype="png", filename="photo.png")
    with_files.add_attachment(plain)
    (MADE / "attached.eml").write_bytes(with_files.as_bytes())
    reply = message("Re: Ada", "I do not agree. She is 12.\n\nOn Tue, 3 Mar 2026 at 10:02, Jo Hill <jo@example.org> wrote:\n\n"
                               "> Ada is promiscuous and hard to\n> reach.\n\nI write that she is manipulative.\n")
    (MADE / "reply.eml").write_bytes(reply.as_bytes())
    outlook = message("RE: Ada", "He absconded.\n\nFrom: Jo Hill\nSent: 03 March 2026 10:02\nTo: Sam Lee\nSubject: Ada\n\n"
                                 "Ada is promiscuous.\n")
    (MADE / "reply-outlook.eml").write_bytes(outlook.as_bytes())
    gmail = email.message.EmailMessage(policy=email.policy.SMTP)
    head(gmail, "Re: Ada")
    gmail.set_content('<div dir="ltr">He absconded.</div><br><div class="gmail_quote"><div class="gmail_attr">On Tue, 3 Mar 2026 at '
                      '10:02, Jo Hill &lt;jo@example.org&gt; wrote:<br></div><blockquote class="gmail_quote">Ada is promiscuous.'
                      "</blockquote></div>", subtype="html")
    (MADE / "reply-html.eml").write_bytes(gmail.as_bytes())
    path = MADE / "box.mbox"
    path.unlink(missing_ok=True)
    box = mailbox.mbox(path)
    for mail in (plain, reply, message("Third", "From here on she is promiscuous.\n")):
        box.add(mailbox.mboxMessage(mail))
    box.close()


def message(subject, text):
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    head(mail, subject)
    mail.set_content(text, cte="quoted-printable")
    return mail


def head(mail, subject):
    mail["From"] = "Sam Lee <sam@example.org>"
    mail["To"] = "Jo Hill <jo@example.org>"
    mail["Subject"] = subject
    mail["Date"] = "Wed, 04 Mar 2026 09:30:00 +0000"
    mail["Message-ID"] = f"<{re.sub('[^a-z]', '', subject.lower())}@example.org>"


def png():
    out = io.BytesIO()
    Image.new("1", (2, 2)).save(out, "png")
    return out.getvalue()


def tables():
    rows = [["Ref", "Date", "Source", "Event"]] + [[f"C{number}", *row] for number, row in enumerate(CHRONOLOGY, 1)]
    with open(MADE / "chronology.csv", "w", newline="") as file:
        csv.writer(file).writerows(rows)
    with open(MADE / "chronology.tsv", "w", newline="") as file:
        csv.writer(file, dialect="excel-tab").writerows(rows)
    with open(MADE / "chronology-utf16.csv", "w", newline="", encoding="utf-16") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    visit = "\n\n".join(VISIT)
    with open(MADE / "visit-windows-1252.csv", "w", newline="", encoding="cp1252") as file:
        csv.writer(file).writerows([["Id", "DOB", "Case note"], ["1", "03/04/2012", visit.replace("new trainers", "new trainers \u2013 \u00a390 \u2013")]])
    book = openpyxl.Workbook()
    book.active.title = "Events"
    for row in rows:
        book.active.append(row)
    other = book.create_sheet("Codes")
    other.append(["Code", "Name"])
    other.append([1, "Visit"])
    book.save(MADE / "chronology.xlsx")
    libreoffice(MADE / "chronology.csv", "xlsx", "chronology-libreoffice.xlsx", "Calc MS Excel 2007 XML")
    columns = {name: [row[number] for row in rows[1:]] for number, name in enumerate(rows[0])}
    pyarrow.parquet.write_table(pyarrow.table(columns), HERE / "chronology.parquet", compression="snappy")
    (MADE / "nested.json").write_text(json.dumps({"cases": [{"notes": [{"id": "n1", "body": visit}, {"body": None}]},
                                                            {"notes": [{"id": "n2", "body": "He absconded."}]}]}, indent=2))
    (MADE / "list.json").write_text(json.dumps([{"id": "n1", "text": visit}, {"id": "n2", "text": "He absconded."}]))


def encodings():
    text = "\n\n".join(VISIT).replace("new trainers", "new trainers \u2013 \u00a390 \u2013") + "\n"
    (MADE / "visit-windows-1252.txt").write_bytes(text.encode("cp1252"))
    (MADE / "visit-utf16le.txt").write_bytes(text.encode("utf-16"))
    (MADE / "visit-utf16be-no-mark.txt").write_bytes(text.encode("utf-16-be"))
    (MADE / "visit-crlf.txt").write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    (MADE / "visit-cr.txt").write_bytes(text.replace("\n", "\r").encode())
    (MADE / "visit-nul-and-form-feed.txt").write_bytes(text.replace("\n\n", "\n\f\n", 1).encode() + b"\0" * 512)


def archives():
    with zipfile.ZipFile(MADE / "cases.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("visit.docx", "visit.eml", "chronology.csv"):
            archive.write(MADE / name, f"case 1/{name}")
        archive.writestr("note.txt", "He absconded.\n")
        archive.writestr("photo.png", png())
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as nested:
            nested.writestr("inner.txt", "She is promiscuous.\n")
        archive.writestr("nested.zip", inner.getvalue())
    (MADE / "cases-7zip.zip").unlink(missing_ok=True)
    run("7z", "a", str(MADE / "cases-7zip.zip"), str(MADE / "visit.docx"), str(HERE / "visit.txt"))


def locked():
    for name in ("visit.docx", "chronology.xlsx"):
        kind = name.rsplit(".", 1)[1]
        with open(MADE / name, "rb") as source, open(MADE / f"locked.{kind}", "wb") as target:
            OOXMLFile(source).encrypt("secret", target)
    (MADE / "locked.zip").unlink(missing_ok=True)
    run("7z", "a", "-psecret", "-mem=AES256", str(MADE / "locked.zip"), str(HERE / "visit.txt"))
    # LibreOffice asks for the password on a screen; this is what it writes in the manifest of a locked document.
    with zipfile.ZipFile(MADE / "visit-odfpy.odt") as source, zipfile.ZipFile(MADE / "locked.odt", "w") as target:
        for item in source.namelist():
            data = source.read(item)
            if item == "META-INF/manifest.xml":
                entry = b'<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
                data = data.replace(b"</manifest:manifest>", entry + b"</manifest:manifest>")
            target.writestr(item, data)


def hostile():
    """Files that were made to exhaust or confuse a reader."""
    bomb = b"<w:p/>" + b" " * 20_000_000
    packed("hostile-bomb.docx", {"word/document.xml": bomb})
    bytes_ = (MADE / "hostile-bomb.docx").read_bytes()
    size = len(bomb).to_bytes(4, "little")
    (MADE / "hostile-lying-bomb.docx").write_bytes(bytes_.replace(size, (1000).to_bytes(4, "little")))
    entities = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    laughs = b'<!DOCTYPE w [<!ENTITY a "ha">' + entities + b"]><w:document><w:p><w:t>&j;</w:t></w:p></w:document>"
    packed("hostile-laughs.docx", {"word/document.xml": laughs})
    packed("hostile-deep.docx", {"word/document.xml": b"<w:tbl><w:tr><w:tc>" * 20_000})
    packed("hostile-deep.odt", {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<text:section>" * 50_000})
    (MADE / "hostile-deep.html").write_bytes(b"<html>" + b"<table><tr><td>" * 2_000)
    (MADE / "hostile-deep.rtf").write_bytes(b"{\\rtf1" + b"{" * 20_000)
    (MADE / "hostile-deep.json").write_bytes(b"[" * 20_000)
    (MADE / "hostile-deep.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n" + b"[" * 50_000 + b"\nendobj\ntrailer<</Root 1 0 R>>")
    (MADE / "hostile-loop.pdf").write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\n%%EOF")
    with zipfile.ZipFile(MADE / "chronology.xlsx") as source:
        parts = {name: source.read(name) for name in source.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    rows = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (row, row) for row in range(1, 2000))
    parts["xl/worksheets/sheet1.xml"] = re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData>" + rows + b"</sheetData>", sheet, flags=re.S)
    packed("hostile-wide.xlsx", parts)
    inner = b"He absconded.\n"
    for level in range(8):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("deeper.zip" if level else "note.txt", inner)
        inner = out.getvalue()
    (MADE / "hostile-deep.zip").write_bytes(inner)
    mail = message("Innermost", "He absconded.\n")
    for level in range(8):
        outer = message(f"Level {level}", "See attached.\n")
        outer.add_attachment(mail)
        mail = outer
    (MADE / "hostile-deep.eml").write_bytes(mail.as_bytes())
    (MADE / "hostile-quote.csv").write_bytes(b'id,note\n1,"never closed\n' + b"2,and on it goes\n" * 1000)


def packed(name, parts):
    with zipfile.ZipFile(MADE / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)


def main():
    shutil.rmtree(MADE, ignore_errors=True)
    MADE.mkdir()
    for step in (word, documents, pages, tables, encodings, mails, archives, locked, hostile):
        step()
    print(sum(file.stat().st_size for file in MADE.iterdir()) // 1024, "KB in", len(list(MADE.iterdir())), "files")


main()
