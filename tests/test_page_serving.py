"""Serving: limits under a crowd, slow questions, and what the command says."""

import asyncio
import itertools
import socket
import threading
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from starlette.types import Receive, Scope, Send

from speechmine.cli import main
from speechmine.store import index
from speechmine.web import app as application
from speechmine.web.crowd import Crowd
from speechmine.web.marking import Mark, stretches
from speechmine.web.shelf import Shelf
from speechmine.web.year import periods
from tests.page_samples import HOST, client_of, served


def test_a_crowd_is_told_to_come_back() -> None:
    async def crowded() -> list[httpx.Response]:
        gate = asyncio.Event()

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            await gate.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"done"})

        transport = httpx.ASGITransport(Crowd(slow, at_once=1, waiting=2))
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            first = [asyncio.create_task(client.get("/")) for _ in range(3)]
            await asyncio.sleep(0.05)
            refused = await client.get("/", headers={"accept-language": "en"})
            gate.set()
            return [refused, *await asyncio.gather(*first), await client.get("/")]

    refused, *answered = asyncio.run(crowded())
    assert refused.status_code == 503
    assert refused.headers["retry-after"] == "1"
    assert "Too many people" in refused.text
    assert [answer.status_code for answer in answered] == [200] * 4


def test_a_slow_question_is_stopped_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from speechmine.errors import SpeechmineError
    from speechmine.web.view import View

    def slow(_: View) -> None:
        raise SpeechmineError("took longer than 2 seconds", "search", "Add a word or a filter.")

    monkeypatch.setattr(application, "PAGES", {"/": slow, "/api/search": slow})
    index([], tmp_path / "s.sqlite")
    with client_of(tmp_path / "s.sqlite") as client:
        answer = client.get("/?lang=en")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert "took too long and was stopped" in answer.text
        assert client.get("/api/search").json()["error"] == "slow"


def test_a_fault_shows_no_inner_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from speechmine.web.view import View

    def broken(_: View) -> None:
        raise RuntimeError("secret inner part")

    monkeypatch.setattr(application, "PAGES", {"/": broken})
    with client_of(tmp_path / "s.sqlite") as client:
        answer = client.get("/")
        assert answer.status_code == 500
        assert "secret" not in answer.text


def test_a_store_is_served_over_the_wire(tmp_path: Path) -> None:
    index([], tmp_path / "s.sqlite")
    with served(tmp_path / "s.sqlite") as address, httpx.Client(base_url=address) as client:
        answer = client.get("/api/search")
        assert answer.json()["total"] == 0
        assert "server" not in answer.headers
        assert client.get("/", headers={"host": "evil.example"}).status_code == 421


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    run = CliRunner().invoke(main, ["serve", "--store", str(tmp_path / "none.sqlite")])
    assert run.exit_code == 2
    assert "there is no such store" in run.output
    assert "speechmine index" in run.output
    index([], tmp_path / "s.sqlite")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        run = CliRunner().invoke(main, ["serve", "--store", str(tmp_path / "s.sqlite"), "--port", port])
    assert run.exit_code == 2
    assert "cannot be taken" in run.output
    assert "--port" in run.output
    run = CliRunner().invoke(main, ["serve", "--store", str(tmp_path / "s.sqlite"), "--host", "0.0.0.0"])
    assert run.exit_code == 2
    assert "without a token" in run.output


def test_the_command_says_where_the_page_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from speechmine.web import serving

    class Stopped:
        def run(self, sockets: list[socket.socket]) -> None:
            assert threading.current_thread() is threading.main_thread()
            raise KeyboardInterrupt

    monkeypatch.setattr(serving, "server_of", lambda app: Stopped())
    index([], tmp_path / "s.sqlite")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    run = CliRunner().invoke(main, ["serve", "--store", str(tmp_path / "s.sqlite"), "--port", str(port)])
    assert run.exit_code == 0
    assert f"http://127.0.0.1:{port}/" in run.output


def test_stretches_join_to_the_text_and_to_each_mark() -> None:
    text = "周调度、月通报，确保完成5亿元以上。"
    marks = [
        Mark("a", "measure", 0, 17),
        Mark("b", "mechanism", 0, 7),
        Mark("c", "goal", 12, 17),
        Mark("d", "figure", 5, 14),
    ]
    found = stretches(text, marks)
    assert "".join(piece.text for piece in found) == text
    for mark in marks:
        assert "".join(piece.text for piece in found if mark in piece.marks) == text[mark.start : mark.end]
        assert [mark in piece.begins for piece in found].count(True) == 1


@pytest.mark.parametrize(
    "every", ["P1D", "P3D", "P1W", "P2W", "P10D", "P15D", "P1M", "P2M", "P3M", "P6M", "P1Y", "P5Y", "P99999999D"]
)
def test_periods_fill_the_year(every: str) -> None:
    for year in (1, 2024, 2025, 9998):
        found = list(periods(every, year))
        assert found[0][0].timetuple()[:3] == (year, 1, 1)
        assert found[-1][1].timetuple()[:3] == (year + 1, 1, 1)
        assert all(one[1] == other[0] for one, other in itertools.pairwise(found))


@pytest.mark.parametrize("every", ["", "P0D", "P0M", "P0W", "PT2H", "regular", "P1.5D", "<script>"])
def test_what_has_no_period_is_not_drawn(every: str) -> None:
    assert list(periods(every, 2025)) == []


def test_quick_work_goes_one_by_one_and_slow_work_lets_the_next_begin(tmp_path: Path) -> None:
    async def worked() -> tuple[list[int], bool]:
        shelf = Shelf(tmp_path / "s.sqlite")
        gate, together, most = threading.Event(), [0], [0]

        def quick() -> None:
            together[0] += 1
            most.append(together[0])
            together[0] -= 1

        slow = asyncio.create_task(shelf.run(lambda: gate.wait(30)))
        await asyncio.gather(*(shelf.run(quick) for _ in range(50)))
        gate.set()
        done = await slow
        shelf.close()
        return most, done

    most, done = asyncio.run(worked())
    assert done
    assert len(most) == 51
    assert max(most) == 1
