"""A terminal that cannot write a name gets escapes in its place.

Fault: the output's encoding does not have the letters of a name.
Seen: the letters as escapes, as `\\u9646`; never a crash; exit code 0.
Kept: everything.
"""


def test_a_terminal_without_the_letters_gets_escapes(make_case, kg):
    folder = make_case(people="id,name\nperson-lu,陆建旺 Łu\n")
    settings = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    assert kg(folder, "build", **settings).returncode == 0
    ran = kg(folder, "show", "person-lu", **settings)
    assert ran.returncode == 0
    assert "\\u9646\\u5efa\\u65fa \\u0141u" in ran.stdout
    ran = kg(folder, "show", "陆", **settings)
    assert ran.returncode == 1
    assert "\\u9646" in ran.stderr
