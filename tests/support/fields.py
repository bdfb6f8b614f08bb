"""What a page says of one field of a form: what is typed in it, and which error it is tied to."""

import html
import re


def tags_in_line(shown):
    """The page with one blank between the attributes of a tag: how a template breaks its lines is nobody's business."""
    return re.sub(r"<[a-z][^>]*>", lambda tag: " ".join(tag[0].split()), shown)


def error_at(answer, name, number=0):
    """The sentence that the field is described by and invalid for; "" when nothing is wrong. number: which of many."""
    shown = answer.get_data(as_text=True)
    tag = _tags(shown, name)[number]
    described = re.search(r'aria-describedby="([^"]+)-error"', tag)
    if described is None:
        assert "aria-invalid" not in tag
        return ""
    assert 'aria-invalid="true"' in tag
    error = re.search(rf'<span class="err" id="{re.escape(described[1])}-error"[^>]*>(.*?)</span></span>', shown, re.S)
    return html.unescape(re.sub(r"<[^>]*>", "", error[1])).strip()


def typed_in(answer, name, number=0):
    """What stands in a field, text area or choice."""
    shown = answer.get_data(as_text=True)
    tag = _tags(shown, name)[number]
    after = shown[shown.index(tag) + len(tag) :]
    if tag.startswith("<textarea"):
        return html.unescape(after.partition("</textarea>")[0])
    if tag.startswith("<select"):
        chosen = re.search(r'value="([^"]*)" selected', after.partition("</select>")[0])
        return html.unescape(chosen[1]) if chosen else ""
    return html.unescape(re.search(r'value="([^"]*)"', tag)[1])


def _tags(shown, name):
    return re.findall(rf'<(?:input|textarea|select)\b[^>]*\bname="{re.escape(name)}"[^>]*>', shown)
