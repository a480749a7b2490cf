"""How firmly a goal is meant: the modal that governs its number."""

from speechmine.judging.views import Modal, View
from speechmine.patterns import compiled

_CLAUSE_MARK = compiled("[,:;。]")
_BEHIND = compiled(r"[,:;。!?\n、0K]")


def clause_modal(view: View) -> Modal | None:
    """Return the last modal before a number in its clause, else the first behind it there (首批5个项目争取封顶)."""
    inside = [modal for modal in view.modals_before if modal.place >= view.clause_start]
    if inside:
        return inside[-1]
    end = _BEHIND.search(view.after)
    reach = end.start() if end else len(view.after)
    binding = (modal for modal in view.modals_behind if modal.place < reach)
    return next((modal for modal in binding if modal.commitment in ("ensure", "strive")), None)


def statement_modal(view: View) -> Modal | None:
    """Return the modal of the clause of a number, else the last before it in its statement that reaches so far."""
    return clause_modal(view) or _reaching(view, view.statement_start)


def governing_modal(view: View) -> Modal | None:
    """Return the modal of the statement, else of the lead, else the first binding one behind in the statement.

    The last is for 余下35个黑点,须在年底前清零.
    """
    modal = statement_modal(view) or _reaching(view, 0)
    return modal or next((modal for modal in view.modals_behind if modal.commitment == "ensure"), None)


def _reaching(view: View, start: int) -> Modal | None:
    """Return the last modal from ``start`` on; 力争 does not reach beyond its clause: 争取500户,清明前先干完100户."""
    for modal in reversed(view.modals_before):
        if modal.place < start:
            return None
        if modal.commitment != "strive" or not _CLAUSE_MARK.search(view.before, modal.place):
            return modal
    return None
