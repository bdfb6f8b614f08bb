"""A lead brings last year's sheet: questions answered at the side, a trial, the import, the areas, and back."""

from __future__ import annotations

import pytest

from tests.support.chromium import axe, context, sign_in, small_targets, watch

SHEET = """No.,Date,Who went,Branch,"Window, promptness",Manner,Signs (1-10),Remarks
1024,03/04/2026,L.B.,Harbour,4,1,7,no queue order
1025,04/04/2026,J.O.,East clinic,2,2,4,
1026,05/04/2026,M.T.,Nord,3,1,9,=1+1
1027,06/04/2026,L.B.,Harbour,/,2,10,ok
1028,07/04/2026,J.O.,Harbour,2,5,3,
"""
ANSWERS = {"c1-format-said": "%d/%m/%Y", "c4-odd0": "no_mark", "all-scale": "1-5", "c6-scale-said": "1-10"}


@pytest.mark.parametrize(("phone", "dark", "zh"), [(False, False, False), (True, True, True)], ids=["desk", "phone"])
def test_a_sheet_is_matched_tried_taken_in_and_taken_back(browser, server, phone, dark, zh):
    server.start()
    person = context(browser, phone=phone, dark=dark, zh=zh)
    page = person.new_page()
    complaints = watch(page)

    def check():
        assert axe(page) == []
        assert not phone or small_targets(page) == []
        over = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0

    sign_in(page, server.address, server.sign_ins()["lead"])
    page.goto(f"{server.address}/data")
    page.set_input_files("input[type=file]", {"name": "walks.csv", "mimeType": "text/csv", "buffer": SHEET.encode()})
    page.click("form button.btn-p")
    page.wait_for_url("**/data/*")
    check()
    for name, value in ANSWERS.items():
        page.locator(f"aside input[name={name}][value='{value}']").check()
    page.locator("aside button").click()
    page.locator("button[value=import]").wait_for()
    check()
    page.locator("button[value=import]").click()
    page.locator(".done-row a.btn-p").wait_for()
    check()
    assert "Nord" in page.inner_text("main")

    page.locator(".done-row a.btn-p").click()
    page.locator("a.area").first.wait_for()
    check()
    page.go_back()
    page.locator("form[action$=removal] button").click()
    page.wait_for_url("**/data")

    assert complaints == []
    person.close()
