"""Every file here is broken as people break files, and stands beside the exact words they are told.

`FRONTDESK_UPDATE=1` writes the words anew; read them before you keep them.
"""

import os
from pathlib import Path

import pytest

from bot import config
from bot.content.catalog import load
from bot.errors import ConfigBroken

HERE = Path(__file__).parent
LANGUAGES = ("en", "sv")
SOUND = {
    "intents/sound.yml": """
intents:
  order_status: {examples: {en: [where is my order]}, entities: [order_number]}
  human: {role: human, examples: {en: [a person]}}
  thanks: {role: thanks, examples: {en: [thanks]}}
entities: {order_number: {pattern: 'A\\d{6}'}}
""",
    "templates/sound.yml": "templates: {}\n",
}


def problems_of(path: Path, folder: Path) -> list[str]:
    """What is said about one broken file that stands beside sound ones."""
    if path.parent.name == "config":
        with pytest.raises(ConfigBroken) as broken:
            config.load(path)
        return [str(problem).replace(str(path), path.name) for problem in broken.value.problems]
    beside = "intents/sound.yml" if path.parent.name == "templates" else "templates/sound.yml"
    for name, data in ((beside, SOUND[beside].encode()), (f"{path.parent.name}/it.yml", path.read_bytes())):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    loaded = load(folder, LANGUAGES, ("web", "rest", "telegram"), teams=("support",))
    own = [problem for problem in loaded.problems if problem.file.endswith("it.yml")]
    said = [str(problem).replace(problem.file, path.name) for problem in own if problem.code != "unanswered"]
    return [line.replace(f"{path.parent.name}/it.yml", path.name) for line in said]


@pytest.mark.parametrize(
    "path", sorted(HERE.glob("*/*.yml")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_a_broken_file_gets_these_problems_and_no_others(path: Path, tmp_path: Path) -> None:
    said = "\n".join(problems_of(path, tmp_path)) + "\n"
    expected = path.with_suffix(".txt")
    if os.environ.get("FRONTDESK_UPDATE"):
        expected.write_text(said, "utf-8")
    assert said == expected.read_text("utf-8")
    assert said.strip(), "a broken file must have problems"


def test_there_are_many_ways_to_break_a_file() -> None:
    assert len(list(HERE.glob("*/*.yml"))) >= 40
