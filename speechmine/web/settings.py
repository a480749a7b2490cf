"""What the server is told before it starts, and the limits it keeps."""

import ipaddress
from pathlib import Path

import msgspec

from speechmine.errors import SpeechmineError

LONGEST_QUERY_STRING = 4_000
"""Bytes of everything behind the question mark."""

LONGEST_SEARCH = 200
"""Characters of what is searched for."""

AT_ONCE = 4
"""Requests that work at the same time at most."""

QUICK = 0.4
"""Seconds for which a request works alone. Two threads that share one interpreter take several times as long as one after the
other, for SQLite gives the interpreter away at every row; so only what is slow is joined by the next."""

WAITING = 96
"""Requests that may wait for their turn; the next one is told to come back."""

SLOWEST = 2.0
"""Seconds that one look into the store may take."""

MOST_ROWS = 10_000
"""Rows of a download."""

MOST_VALUES = 2_000
"""Values of a metric that the API gives, the newest first."""

SHORTEST_TOKEN = 16

_LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")


class Settings(msgspec.Struct, frozen=True):
    """How one server is to run.

    Attributes:
        store: The file that `speechmine index` made.
        host: Address to listen on.
        port: Port to listen on.
        token: What every request must show, or None on a machine of one's own.
        names: Host names that requests may ask for, besides those of the loopback; with or without a port.
    """

    store: Path
    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    names: tuple[str, ...] = ()

    def check(self) -> None:
        """Refuse what would be unsafe.

        Raises:
            SpeechmineError: The page would be open to others without a token, or no name of it is known.
        """
        if self.token is not None and (len(self.token) < SHORTEST_TOKEN or not _plain(self.token)):
            what = f"shorter than {SHORTEST_TOKEN} characters, or not of ASCII letters, digits, - and _"
            raise SpeechmineError(
                what, "--token", 'Make one: python -c "import secrets; print(secrets.token_urlsafe())"'
            )
        if is_loopback(self.host):
            return
        if self.token is None:
            hint = "Give --token as well, or leave --host out to be alone with the page."
            raise SpeechmineError("would open the page to others without a token", f"--host {self.host}", hint)
        if self.host in {"0.0.0.0", "::"} and not self.names:
            hint = "Name what people type into the browser: --name office-pc --name 192.0.2.7"
            raise SpeechmineError("listens on every address, but which names are its own is not said", "--host", hint)

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """Return every Host header that is answered, in lower case.

        >>> sorted(Settings(Path("s.db"), port=80).allowed_hosts)[:3]
        ['127.0.0.1', '127.0.0.1:80', '[::1]']
        """
        names = [*_LOOPBACK_NAMES] if is_loopback(self.host) else []
        if self.host not in {"0.0.0.0", "::", "localhost"}:
            names.append(bracketed(self.host))
        with_port = {f"{name}:{self.port}" for name in names} | (set(names) if self.port == 80 else set())
        return frozenset(
            name.lower() for name in with_port | {every for name in self.names for every in self._of(name)}
        )

    def _of(self, name: str) -> tuple[str, ...]:
        return (name, f"{name}:{self.port}")

    @property
    def address(self) -> str:
        """Return what to type into the browser on this machine.

        >>> Settings(Path("s.db")).address
        'http://127.0.0.1:8765/'
        """
        host = self.names[0] if self.host in {"0.0.0.0", "::"} else bracketed(self.host)
        return f"http://{host}/" if ":" in host.partition("]")[2] else f"http://{host}:{self.port}/"


def is_loopback(host: str) -> bool:
    """Say whether only this machine can reach the address.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0"), is_loopback("example.org")
    (True, True, False, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def bracketed(host: str) -> str:
    """Write an address as it stands in a URL.

    >>> bracketed("::1"), bracketed("127.0.0.1")
    ('[::1]', '127.0.0.1')
    """
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _plain(token: str) -> bool:
    return all(char.isascii() and (char.isalnum() or char in "-_.~") for char in token)
