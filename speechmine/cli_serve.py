"""The command that shows a store in the browser: thin, like the others."""

import importlib.util
from pathlib import Path

import click

from speechmine.cli_rules import printable
from speechmine.errors import SpeechmineError

_NEEDED = ("starlette", "jinja2", "uvicorn")


@click.command()
@click.option(
    "--store", type=click.Path(path_type=Path, dir_okay=False), default="speechmine.sqlite", show_default=True,
    help="The store to show, as `speechmine index` made it.",
)  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; others need --token.")
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="Port to listen on.")
@click.option(
    "--token", envvar="SPEECHMINE_TOKEN", show_envvar=True,
    help="What everybody must show who opens the page; needed where others can reach it.",
)  # fmt: skip
@click.option(
    "--name", "names", multiple=True, metavar="NAME", help="Also answer to this host name; may be given several times."
)
def serve(store: Path, host: str, port: int, token: str | None, names: tuple[str, ...]) -> None:
    """Show a store as a web page: search, documents, mechanisms, metrics, downloads, and a JSON API.

    It only reads, loads nothing from elsewhere, and answers this machine alone unless --host and --token say otherwise.
    Exit status: 0 stopped by Ctrl-C, 2 wrong usage or nothing to show.
    """
    try:
        _check_installed()
        from speechmine import web

        settings = web.Settings(store, host, port, token or None, names)
        settings.check()
        web.prepare(store)
        web.serve(web.create_app(settings), settings, lambda address: _say(store, address, token))
    except SpeechmineError as error:
        raise click.UsageError(printable(str(error))) from error
    except KeyboardInterrupt:
        click.echo(err=True)


def _check_installed() -> None:
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        what = f"the page needs {', '.join(missing)}"
        raise SpeechmineError(what, "speechmine serve", "Install it: pip install 'speechmine[web]'")


def _say(store: Path, address: str, token: str | None) -> None:
    shown = f"{address}?token={token}" if token else address
    click.echo(f"{printable(str(store))} is shown at {shown}", err=True)
    click.echo("Stop with Ctrl-C.", err=True)
