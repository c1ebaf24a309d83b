"""The accuracy benchmark.

1. It prints one JSON object with accuracy per file, peers and figures of certainty.
2. Out-of-scope lines are scored apart, and one threshold for them is chosen on dev lines.
3. The measures are what their names say.
4. Slips come from the seed alone, one edit in each of as many words.
5. A peer that is not there is named with how to get it.
6. The order of examples changes no answer of the matcher, and the peers' figures stand beside.
7. A suite runs every folder that is there and holds the figures against the targets.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rapidfuzz.distance import OSA

from benchmarks.accuracy import main
from benchmarks.lines import Line, few
from benchmarks.measures import auroc, calibration_error, percentile, threshold_for
from benchmarks.noise import slip, variants
from benchmarks.targets import targets
from tests.small_shop import EXAMPLES, OUT_OF_SCOPE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [
        {"text": text, "intent": name, "lang": "en"} for name, texts in EXAMPLES.items() for text in texts
    ]
    outside = [{"text": text, "intent": "oos", "lang": "en"} for text in OUT_OF_SCOPE["en"]]
    asked = [{**line, "text": slip(line["text"], 1, "a")} for line in lines]
    files = {"train": [*lines, *outside], "test": [*lines, *outside], "test.typo1": asked}
    files["dev"] = files["test"]
    for name, rows in files.items():
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def test_1_and_2_one_object(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--data", str(folder), "--json", "--peers", "rapidfuzz,tfidf_svm,symspell_svm"])
    report = json.loads(capsys.readouterr().out)
    assert report["frontdesk"]["test"] == 1.0
    assert report["frontdesk"]["test.typo1"] > 0.8
    assert set(report["peers"]) == {"rapidfuzz", "tfidf_svm", "symspell_svm"}
    assert set(report["peers"]["tfidf_svm"]) == {"test", "test.typo1", "test.typo2"}
    assert 0.5 < report["details"]["test"]["oos_auroc"] <= 1
    assert "oos_auroc" not in report["details"]["test.typo1"]
    assert report["one_threshold"]["dev_oos_recall"] >= 0.82
    assert report["one_threshold"]["in_scope_accuracy"] <= report["frontdesk"]["test"]
    assert report["peer_details"]["tfidf_svm"]["one_threshold"]["oos_recall"] >= 0.82


def test_1_a_table_for_people(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--data", str(folder), "--peers", "none"])
    assert "frontdesk" in capsys.readouterr().out


def test_1_what_is_missing_is_said(folder: Path) -> None:
    (folder / "dev.jsonl").unlink()
    with pytest.raises(SystemExit, match="no dev"):
        main(["--data", str(folder), "--split", "dev"])
    with pytest.raises(SystemExit, match="--data FOLDER"):
        main([])
    with pytest.raises(SystemExit, match="no peer"):
        main(["--data", str(folder), "--peers", "nobody"])


def test_3_measures() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert auroc([0.5], [0.5]) == 0.5
    assert auroc([0.1], [0.9]) == 0.0
    assert calibration_error([1.0, 1.0, 0.0], [True, True, False]) == 0.0
    assert calibration_error([0.75] * 4, [True, True, True, False]) == pytest.approx(0.0)
    assert calibration_error([1.0], [False]) == 1.0
    assert percentile([3, 1, 2], 0.5) == 2
    limit = threshold_for([0.1, 0.2, 0.3, 0.4], 0.75)
    assert 0.3 < limit < 0.4


@pytest.mark.parametrize("count", [1, 2])
def test_4_slips(count: int) -> None:
    text = "when will my order arrive at home"
    noisy = slip(text, count, "seed")
    assert noisy == slip(text, count, "seed") != slip(text, count, "other")
    changed = [(a, b) for a, b in zip(text.split(), noisy.split(), strict=True) if a != b]
    assert 1 <= len(changed) <= count
    assert all(len(a) >= 4 and OSA.distance(a, b) == 1 for a, b in changed)
    assert slip("a b c", 1, "seed") == "a b c"


def test_4_noisy_copies_of_a_file() -> None:
    made = variants("dev", [Line("jag vill ändra min beställning", "change", "sv")])
    assert set(made) == {"dev.typo1", "dev.typo2", "dev.bare"}
    assert made["dev.bare"] == [Line("jag vill andra min bestallning", "change", "sv")]
    assert set(variants("dev", [Line("change my order", "change", "en")])) == {"dev.typo1", "dev.typo2"}


def test_4_few_examples_from_a_seed() -> None:
    lines = [Line(f"text {n}", "even" if n % 2 == 0 else "odd", "en") for n in range(20)]
    drawn = few(lines, 3, seed=1)
    assert drawn == few(lines, 3, seed=1) != few(lines, 3, seed=2)
    assert [line.intent for line in drawn].count("odd") == 3
    assert few(lines, 99, seed=1) == lines


def test_5_who_is_missing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--data", str(folder), "--peers", "rasa_diet"])
    assert "rasa_diet: left out; a Python 3.10 with" in capsys.readouterr().out


def test_1_synonyms_of_the_packs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{"text": text, "intent": "refund", "lang": "en"} for text in ("reimbursement", "money back")]
    lines.append({"text": "a refund", "intent": "refund", "lang": "en"})
    (folder / "test.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    options = ["--peers", "none", "--no-noise", "--synonyms", "--json"]
    main(["--data", str(folder), "--train", "train", *options])
    report = json.loads(capsys.readouterr().out)
    assert report["ways"]["synonyms"]["test"] == 1.0 >= report["frontdesk"]["test"]
    assert report["way_details"]["synonyms"]["files"]["test"]["accuracy"] == 1.0


def test_6_orders(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--data", str(folder), "--peers", "rapidfuzz", "--shuffle", "--json", "--no-noise"])
    order = json.loads(capsys.readouterr().out)["order"]
    assert order["identical"]
    assert set(order["peers"]["rapidfuzz"]) == {"grouped", "shuffled"}


def test_7_suite(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    collection = folder / "all"
    (collection / "massive" / "en-US").mkdir(parents=True)
    for name in ("train", "dev"):
        source = folder / f"{name}.jsonl"
        (collection / "massive" / "en-US" / source.name).write_bytes(source.read_bytes())
    main(["--suite", str(collection), "--peers", "tfidf_svm", "--markdown", str(folder / "page.md")])
    shown = capsys.readouterr().out
    assert "massive/en-US: points below the best linear peer" in shown
    assert "reached" in shown
    head, _, clean, *_ = (folder / "page.md").read_text("utf-8").splitlines()
    assert head == "| data | messages | Frontdesk | TF-IDF + SVC |"
    assert clean.startswith("| massive/en-US | clean | **100.0** |")


def test_7_targets() -> None:
    run = {"frontdesk": {"test": 0.8, "test.typo2": 0.77}, "ways": {}}
    clean, lost = targets({"banking77, train_10shot": run})
    assert clean.reached and not lost.reached
    assert lost.figure == pytest.approx(3.0)
