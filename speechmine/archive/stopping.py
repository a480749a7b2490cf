"""Why a run cannot go on; what is done is kept."""

from speechmine.errors import SpeechmineError

GO_ON = "give the same command again: the run goes on where it was."


class StoppedError(SpeechmineError):
    """Nothing is wrong with how the run was asked for: another one holds the folder, or the cluster is gone."""


class WriteError(StoppedError):
    """The output folder cannot be written."""

    def __init__(self, reason: str, where: str) -> None:
        super().__init__(f"cannot be written ({reason})", where, f"Free some space or make it writable, and {GO_ON}")
