"""Where khabar cannot keep anything: one sentence, that names the place and the remedy."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.ptyscreen import homes

ROOT = Path(__file__).parents[2]


def test_a_home_that_is_no_folder_is_one_sentence_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("", encoding="utf-8")
    env = {"PATH": os.environ["PATH"], **homes(tmp_path / "home")}
    command = [sys.executable, "-m", "tui", "headlines", "--lang", "en"]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"khabar: {tmp_path}/home/")
    assert done.stderr.rstrip().endswith("check the name and its rights.")
    assert "Errno" not in done.stderr
