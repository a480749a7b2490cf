"""The docs cannot rot: every command, option, field and rule file is documented, and pasted text is fresh."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import msgspec

from speechmine import records
from speechmine.cli import main

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def paste() -> ModuleType:
    spec = importlib.util.spec_from_file_location("paste", DOCS / "paste.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pasted_text_is_fresh() -> None:
    assert paste().run(check=True) == 0


def commands(group: click.Command, path: str = "") -> Iterator[tuple[str, click.Command]]:
    assert isinstance(group, click.Group)
    for name, command in group.commands.items():
        yield path + name, command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path}{name} ")


def test_every_command_and_option_is_documented() -> None:
    text = "\n".join(page.read_text("utf-8") for page in sorted(DOCS.glob("*.md")))
    for name, command in commands(main):
        assert f"## speechmine {name}" in text
        assert command.help
        for parameter in command.params:
            names = (
                [parameter.make_metavar(click.Context(command))]
                if isinstance(parameter, click.Argument)
                else parameter.opts
            )
            assert all(option in text for option in names)


def test_every_json_field_is_documented() -> None:
    text = (DOCS / "json.md").read_text("utf-8")
    structs = [
        value for value in vars(records).values() if isinstance(value, type) and issubclass(value, msgspec.Struct)
    ]
    fields = {field for struct in structs for field in struct.__struct_fields__}
    assert sorted(field for field in fields if f"`{field}`" not in text) == []


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.glob("*.md")]:
        for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_dependency_is_accounted_for() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    table = (DOCS / "dependencies.md").read_text("utf-8").lower()
    for requirement in project["dependencies"]:
        assert re.split(r"[<>=]", requirement)[0].lower() in table


def test_the_lock_names_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9_.+!-]+", line) for line in lock.splitlines())


def test_the_readme_example_says_what_it_gives() -> None:
    from speechmine import Document, analyse, load_rules

    record = analyse(Document.of("各镇街要坚持周通报、旬会商、月考核制度。"), load_rules())
    assert record.mechanisms[0].components[1].every == "P10D"
    assert record.measures[0].owner == ["各镇街"]
