"""The search page: one store, read only, shown to people and to programs.

`create_app` makes an ASGI application of a store; `serve` runs it. Nothing here writes, and nothing goes out.
"""

from speechmine.web.app import create_app
from speechmine.web.serving import serve
from speechmine.web.settings import Settings
from speechmine.web.shelf import prepare

__all__ = ["Settings", "create_app", "prepare", "serve"]
