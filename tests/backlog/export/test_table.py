"""The backlog as a table: the list's order and filter, safe in any spreadsheet, in the trail."""

import csv
import io

from shadowing.core.database import db
from shadowing.people.models import AuditEntry
from tests.backlog.test_backlog import failing, fresh, patch  # noqa: F401


def table(answer):
    text = answer.get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_one_line_an_improvement_as_the_api_has_it(failing, lena):  # noqa: F811
    patch(lena, failing, title='=HYPERLINK("x"), "quoted"\nand, on', effort_days=2.5)
    answer = lena.get("/improvements.csv")
    (line,) = table(answer)

    assert answer.mimetype == "text/csv" and answer.get_data()[:3] == b"\xef\xbb\xbf"
    assert "attachment; filename=improvements-" in answer.headers["Content-Disposition"]
    said = lena.get(f"/api/v1/improvements/{failing.id}").get_json()
    assert line["title"].startswith("'=HYPERLINK"), "no spreadsheet runs what somebody typed"
    for name in ("id", "channel", "level", "state", "raised_by", "effort_days"):
        assert line[name] == str(said[name]), name
    assert (line["touchpoint_en"], line["place"], line["owner"]) == (said["touchpoint"]["en"], "1", "")


def test_it_holds_what_the_filter_of_the_list_selects(failing, lena, journey):  # noqa: F811
    assert len(table(lena.get(f"/improvements.csv?journey={journey['id']}&state=proposed&owner=none"))) == 1
    assert table(lena.get("/improvements.csv?state=verified")) == []
    assert table(lena.get("/improvements.csv?only=overdue")) == []
    assert lena.get("/improvements.csv?only=pigeon").status_code == 404
    link = "/improvements.csv?state=verified&amp;view=list"
    assert link in lena.get("/improvements?state=verified").get_data(as_text=True)


def test_a_title_nobody_gave_is_said_in_the_readers_language(failing, lena):  # noqa: F811
    english = table(lena.get("/improvements.csv", headers={"Accept-Language": "en"}))[0]["title"]
    chinese = table(lena.get("/improvements.csv", headers={"Accept-Language": "zh-CN"}))[0]["title"]

    assert english.startswith("Utility: ") and chinese.startswith("实用") and english != chinese


def test_who_took_it_away_is_in_the_trail(failing, emil, olga):  # noqa: F811
    assert olga.get("/improvements.csv").status_code == 403
    assert emil.get("/improvements.csv").status_code == 200

    db.session.rollback()
    (entry,) = db.session.query(AuditEntry).filter_by(action="read", subject_kind="improvements").all()
    assert (entry.subject_id, entry.details) == ("csv", {"lines": 1})
