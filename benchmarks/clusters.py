"""How well messages are put together by what they mean, against labelled lines.

`python benchmarks/clusters.py --data FOLDER` takes the folder's training lines without their intents and
compares the clusters with the intents: of all pairs of messages put together, how many share an intent
(precision); of all that share one, how many were put together (recall); F1 of both; and the adjusted Rand
index (0 is chance, 1 is all right). Peers: messages that are the same letter by letter; and k-means over
TF-IDF by scikit-learn, which is told the number of intents (Frontdesk is not).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.lines import OUT_OF_SCOPE, Line, read_lines
from bot.analytics.clusters import Said, clusters

Grouping = Callable[[Sequence[Line]], Sequence[Hashable]]


def frontdesk(lines: Sequence[Line]) -> Sequence[Hashable]:
    """The cluster of each line."""
    found = clusters([Said(line.text, line.lang, str(n), n) for n, line in enumerate(lines)])
    labels = [0] * len(lines)
    for number, cluster in enumerate(found):
        for member in cluster.members:
            labels[member] = number
    return labels


def duplicates(lines: Sequence[Line]) -> Sequence[Hashable]:
    """Lines that are the same but for case and spaces."""
    return [" ".join(line.text.lower().split()) for line in lines]


def k_means(lines: Sequence[Line]) -> Sequence[Hashable]:
    """scikit-learn's, told how many intents there are."""
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows = TfidfVectorizer(sublinear_tf=True).fit_transform([line.text for line in lines])
    k = len({line.intent for line in lines})
    labels: list[int] = KMeans(k, n_init=3, random_state=0).fit_predict(rows).tolist()
    return labels


GROUPINGS: dict[str, Grouping] = {
    "frontdesk": frontdesk,
    "duplicates": duplicates,
    "k-means, told k": k_means,
}


def agreement(truth: Sequence[Hashable], found: Sequence[Hashable]) -> dict[str, float]:
    """Precision, recall and F1 over pairs, and the adjusted Rand index (Hubert and Arabie, 1985)."""
    both = _pairs(Counter(zip(truth, found, strict=True)))
    same, together = _pairs(Counter(truth)), _pairs(Counter(found))
    every = len(truth) * (len(truth) - 1) / 2
    expected, most = same * together / every, (same + together) / 2
    precision, recall = both / together if together else 1.0, both / same if same else 1.0
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * both / (same + together), 4) if same + together else 1.0,
        "adjusted_rand": round((both - expected) / (most - expected), 4) if most != expected else 1.0,
    }


def _pairs(counts: Counter[Hashable]) -> float:
    return sum(count * (count - 1) / 2 for count in counts.values())


def judged(lines: Sequence[Line], names: Sequence[str]) -> dict[str, dict[str, float]]:
    """The figures of each grouping, with the number of clusters and the seconds it took."""
    truth = [line.intent for line in lines]
    figures = {}
    for name in names:
        began = time.perf_counter()
        labels = GROUPINGS[name](lines)
        seconds = time.perf_counter() - began
        figures[name] = {
            **agreement(truth, labels),
            "clusters": len(set(labels)),
            "seconds": round(seconds, 2),
        }
    return figures


def table(figures: dict[str, dict[str, float]]) -> str:
    """The figures for people to read."""
    columns = list(next(iter(figures.values())))
    rows = [f"{'':18}" + "".join(f"{column:>15}" for column in columns)]
    rows += [f"{name:18}" + "".join(f"{one[key]:>15}" for key in columns) for name, one in figures.items()]
    return "\n".join(rows)


def main() -> None:
    """Judge every way on one folder and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="a folder with train.jsonl")
    parser.add_argument("--train", default="train", help="another file of it, without .jsonl")
    parser.add_argument("--most", type=int, help="so many lines, drawn by the seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", nargs="*", choices=list(GROUPINGS), default=list(GROUPINGS))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    lines = [line for line in read_lines(asked.data / f"{asked.train}.jsonl") if line.intent != OUT_OF_SCOPE]
    if asked.most and asked.most < len(lines):
        lines = random.Random(asked.seed).sample(lines, asked.most)
    names = list(dict.fromkeys(["frontdesk", *asked.peers]))
    figures = judged(lines, names)
    intents = len({line.intent for line in lines})
    if asked.json:
        print(json.dumps({"data": asked.data.name, "lines": len(lines), "intents": intents, **figures}))
    else:
        print(f"{asked.data.name}: {len(lines)} lines of {intents} intents\n{table(figures)}")


if __name__ == "__main__":
    main()
