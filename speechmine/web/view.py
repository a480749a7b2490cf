"""What every page knows of its request, and how it answers."""

from collections.abc import Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse

from speechmine.web.answers import words_for
from speechmine.web.language import Words
from speechmine.web.parameters import Asked, asked
from speechmine.web.rendering import rendered
from speechmine.web.shelf import Shelf


class View(msgspec.Struct, frozen=True):
    """One request.

    Attributes:
        shelf: Where the store is.
        asked: The parameters.
        words: The page's words in the reader's language.
        parts: Parts of the path: the id of a document.
        piecemeal: Whether only the results are to be sent, to be put into the page that is there.
    """

    shelf: Shelf
    asked: Asked
    words: Words
    parts: Mapping[str, str]
    piecemeal: bool = False

    def page(self, template: str, here: str, **values: object) -> HTMLResponse:
        """Answer with a page."""
        status = values.pop("status", 200)
        assert isinstance(status, int)
        return HTMLResponse(rendered(template, {**values, **self._frame(here)}), status)

    def nothing(self, title: str, detail: str = "", commands: tuple[str, ...] = (), status: int = 404) -> HTMLResponse:
        """Answer that there is nothing to show, and what to do."""
        told = {"title": self.words(title), "detail": detail, "commands": commands}
        return self.page("nothing.html", "", status=status, **told)

    def _frame(self, here: str) -> dict[str, object]:
        return {
            "words": self.words,
            "here": here,
            "link": self.asked.only().link,
            "other_language": self.asked.link(lang=self.words.other),
        }


def view_of(request: Request, shelf: Shelf) -> View:
    """Read a request."""
    # The language of a request that does not name one is that of the browser; links do not repeat it.
    return View(
        shelf,
        asked(request.url.path, request.query_params),
        words_for(request.scope),
        {name: str(value) for name, value in request.path_params.items()},
        "hx-request" in request.headers,
    )
