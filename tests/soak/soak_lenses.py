"""Every verb through every lens at every entity of the shipped case: nothing fails, nothing overreaches."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.case import folder
from kg.store.build import build

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))


def test_every_verb_through_every_lens(monkeypatch, tmp_path):
    from lenses import sweep

    monkeypatch.chdir(tmp_path)
    found = sweep(build(folder.find("example"))[0])
    assert found.asked > 100_000
    assert found.failures == []
