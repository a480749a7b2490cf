"""Running the page: the only door to uvicorn."""

import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from speechmine.errors import SpeechmineError
from speechmine.web.settings import AT_ONCE, WAITING, Settings

_CONNECTIONS = 4 * (AT_ONCE + WAITING)


def listening(settings: Settings) -> socket.socket:
    """Take the port.

    Raises:
        SpeechmineError: Another program has it, or it may not be taken.
    """
    where = f"--host {settings.host} --port {settings.port}"
    try:
        found = socket.getaddrinfo(settings.host.strip("[]"), settings.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise SpeechmineError(
            f"no such address ({error.strerror})", where, "Give an address of this machine."
        ) from error
    family, kind, protocol, _, address = found[0]
    taken = socket.socket(family, kind, protocol)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
        taken.listen(128)
    except OSError as error:
        taken.close()
        hint = f"Another speechmine, perhaps? Take another port: --port {settings.port % 65535 + 1}"
        raise SpeechmineError(f"cannot be taken ({error.strerror})", where, hint) from error
    return taken


def serve(app: ASGIApp, settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve until interrupted.

    Args:
        app: What `create_app` made.
        settings: Where to listen.
        ready: Told the address once the port is taken.

    Raises:
        SpeechmineError: The port cannot be taken.
    """
    taken = listening(settings)
    try:
        ready(settings.address)
        server_of(app).run(sockets=[taken])
    finally:
        taken.close()


def server_of(app: ASGIApp) -> uvicorn.Server:
    """Return a server that says nothing of its own and trusts no header of a proxy."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        lifespan="on",
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=5,
        h11_max_incomplete_event_size=32_768,
    )
    return uvicorn.Server(config)
