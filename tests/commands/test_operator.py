from pathlib import Path

from click.testing import CliRunner, Result

from bot.commands import main


def operator(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["operator", "--content", str(folder), *arguments])


def test_an_operator_is_added_listed_given_a_password_and_shut_out(tmp_path: Path) -> None:
    (tmp_path / "intents").mkdir()
    added = operator(
        tmp_path, "add", "Anna", "--name", "Anna Lindberg", "--role", "lead", "--team", "support"
    )
    assert added.exit_code == 0, added.output
    assert added.output.startswith("anna (Anna Lindberg) may sign in once with the password ")
    assert operator(tmp_path, "list").output == "anna  Anna Lindberg  lead  support\n"
    renewed = operator(tmp_path, "password", "anna").output
    assert renewed.split()[-1] != added.output.split()[-1]
    assert operator(tmp_path, "disable", "anna").exit_code == 0
    assert "(disabled)" in operator(tmp_path, "list").output
    assert operator(tmp_path, "enable", "anna").exit_code == 0
    assert "(disabled)" not in operator(tmp_path, "list").output


def test_mistakes_are_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "intents").mkdir()
    operator(tmp_path, "add", "anna")
    for arguments, sentence in {
        ("add", "anna"): "There is an operator `anna` already.",
        ("add", "bo", "--team", "sales"): "`sales` is no team; config.yml has support.",
        ("password", "bo"): "There is no operator `bo`",
    }.items():
        result = operator(tmp_path, *arguments)
        assert result.exit_code == 2
        assert sentence in result.output
        assert "Traceback" not in result.output
