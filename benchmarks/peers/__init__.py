"""What a user would pick instead, run on the same lines."""

from __future__ import annotations

from benchmarks.peers.answers import Answer, Peer, Run, Setup, in_process, installed
from benchmarks.peers.diet import missing as rasa_missing
from benchmarks.peers.diet import rasa_diet
from benchmarks.peers.linear import needs_segmentation, symspell_svm, tfidf_svm
from benchmarks.peers.minilm import minilm_logistic
from benchmarks.peers.minilm import missing as minilm_missing
from benchmarks.peers.nearest import rapidfuzz_nearest
from benchmarks.peers.nlpjs import missing as nlpjs_missing
from benchmarks.peers.nlpjs import nlpjs

__all__ = ["PEERS", "Answer", "Peer", "Run", "Setup", "chosen", "needs_segmentation"]

PEERS: dict[str, Peer] = {
    peer.name: peer
    for peer in (
        Peer("rapidfuzz", in_process(rapidfuzz_nearest)),
        Peer("tfidf_svm", in_process(tfidf_svm), installed(sklearn="scikit-learn")),
        Peer(
            "symspell_svm",
            in_process(symspell_svm),
            installed(sklearn="scikit-learn", symspellpy="symspellpy"),
        ),
        Peer("nlpjs", nlpjs, nlpjs_missing, sure=True),
        Peer("minilm", in_process(minilm_logistic), minilm_missing, sure=True),
        Peer("rasa_diet", rasa_diet, rasa_missing, sure=True),
    )
}


def chosen(wanted: str, setup: Setup, language: str) -> tuple[list[Peer], dict[str, str]]:
    """The peers that are there, of `all`, `none` or names with commas, and how to get those that are not."""
    names = [] if wanted == "none" else list(PEERS) if wanted == "all" else wanted.split(",")
    unknown = [name for name in names if name not in PEERS]
    if unknown:
        raise SystemExit(f"There is no peer {unknown[0]}; there are {', '.join(PEERS)}.")
    how = {name: PEERS[name].missing(setup, language) for name in names}
    there = [PEERS[name] for name in names if how[name] is None]
    return there, {name: text for name, text in how.items() if text}
