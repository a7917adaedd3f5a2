"""JSON of kg's own is read as the module json reads it."""

import json

import pytest

from kg.text.json_text import parsed

VALUE = {"a": [1, -2.5, 1e300, True, None, "", "“é”\U0001f600\n\\"], "": {}, "b": [[], {"c": {}}]}


@pytest.mark.parametrize("how", [{}, {"indent": 1}, {"ensure_ascii": False}])
@pytest.mark.parametrize("value", [VALUE, [], "a", 10**40, float("inf"), True])
def test_what_json_writes_is_read(value, how):
    assert parsed(json.dumps(value, **how) + "\n") == value


@pytest.mark.parametrize(
    "text", ["", "{", '{"a" 1}', '{"a": 1,}', "[1] 2", "tru", '"a', '{"a": "\n"}', "nul", "]"]
)
def test_what_is_no_json_is_refused(text):
    with pytest.raises(ValueError):
        parsed(text)
