"""nlp.js 4.27 with its spelling correction, in a process of Node.

Its packages are installed by npm into a folder of their own: the one that is given, or one in the user's
cache. What it learns depends on the order of its examples, so they are shuffled, unless the order is the
question.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.answers import Answer, Run, Setup, Train, in_scope

BASIC = "@nlpjs/basic@4.27.0"
LANGUAGE = "@nlpjs/lang-{}@4.26.1"
LANGUAGES = {
    "da", "de", "en", "es", "fi", "fr", "it", "nl", "pl", "pt", "ro", "ru", "sv", "th", "tr",
}  # fmt: skip
INSTALL_LIMIT_S = 300


def missing(setup: Setup, language: str) -> str | None:
    """How to get what is not installed, or None; installs it if only npm stands between."""
    if language not in LANGUAGES:
        return f"has no package for {language}"
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None:
        return "install Node.js 18 or newer"
    packages = [BASIC, LANGUAGE.format(language)]
    folder = _folder(setup)
    if all((folder / "node_modules" / name.rpartition("@")[0]).is_dir() for name in packages):
        return None
    how = f"npm install --prefix {folder} {' '.join(packages)}"
    if npm is None:
        return how
    folder.mkdir(parents=True, exist_ok=True)
    command = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", *packages]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=INSTALL_LIMIT_S)
    except subprocess.TimeoutExpired:
        return how
    return None if done.returncode == 0 else how


def nlpjs(train: Train, messages: Sequence[str], one_by_one: bool, setup: Setup) -> Run:
    """Fit and answer in Node; it answers one message after the other in any case."""
    pairs = [(line.text, line.intent) for line in in_scope(train)]
    if not setup.ordered:
        random.Random(setup.seed).shuffle(pairs)
    language = train[0].lang
    asked = {"language": language, "train": pairs, "messages": list(messages)}
    done = subprocess.run(
        ["node", "--no-warnings", "--max-old-space-size=8192", str(Path(__file__).with_suffix(".cjs"))],
        input=json.dumps({**asked, "module": f"Lang{language.title()}"}),
        stdout=subprocess.PIPE, cwd=_folder(setup), check=True, text=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    answers = [Answer(intent, score) for intent, score in found["answers"]]
    return Run(answers, found["fit_s"], found["took_ms"], found["memory_mb"])


def _folder(setup: Setup) -> Path:
    if setup.nlpjs is not None:
        return setup.nlpjs.resolve()
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "frontdesk-benchmarks" / "nlpjs"
