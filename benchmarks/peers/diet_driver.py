"""Runs in the Python that has Rasa: reads `asked.json` of its folder, writes `found.json` beside it.

The pipeline is the one that Rasa's own project template suggests, without what is not about intents.
"""

from __future__ import annotations

import asyncio
import json
import resource
import time
from pathlib import Path
from typing import Any


def config(language: str, epochs: int) -> dict[str, Any]:
    """The pipeline, with a seed so that a second run finds the same."""
    return {
        "version": "3.1",
        "recipe": "default.v1",
        "assistant_id": "peer",
        "language": language,
        "pipeline": [
            {"name": "WhitespaceTokenizer"},
            {"name": "RegexFeaturizer"},
            {"name": "LexicalSyntacticFeaturizer"},
            {"name": "CountVectorsFeaturizer"},
            {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
            {
                "name": "DIETClassifier",
                "epochs": epochs,
                "entity_recognition": False,
                "constrain_similarities": True,
                "random_seed": 20,
            },
        ],
    }


def main() -> None:
    """Fit, load the fitted model, and parse every message by itself."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    asked = json.loads(Path("asked.json").read_text("utf-8"))
    common = [
        {"intent": intent, "text": text, "entities": []}
        for text, intent in asked["train"]
    ]  # fmt: skip
    Path("nlu.json").write_text(json.dumps({"rasa_nlu_data": {"common_examples": common}}), "utf-8")
    Path("config.yml").write_text(json.dumps(config(asked["language"], asked["epochs"])), "utf-8")
    began = time.perf_counter()
    agent = Agent.load(train_nlu("config.yml", "nlu.json", "models"))
    fitted = time.perf_counter() - began
    answers, took = asyncio.run(parsed(agent, asked["messages"]))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {"answers": answers, "fit_s": fitted, "took_ms": took, "memory_mb": memory}
    Path("found.json").write_text(json.dumps(found), "utf-8")


async def parsed(agent: Any, messages: list[str]) -> tuple[list[tuple[str, float]], list[float]]:
    """Intent and confidence for each message, and the milliseconds they took."""
    answers, took = [], []
    for message in messages:
        began = time.perf_counter()
        found = (await agent.parse_message(message))["intent"]
        took.append((time.perf_counter() - began) * 1000)
        answers.append((found["name"] or "", found["confidence"]))
    return answers, took


if __name__ == "__main__":
    main()
