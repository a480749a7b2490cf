"""The one kind of error that users see: what is wrong, where, and what to do next."""


class SpeechmineError(Exception):
    """Bad input or a bad rule, told in the reader's words.

    Attributes:
        what: What is wrong, as a clause without a full stop.
        where: The file, rule or option it concerns.
        hint: What to do next, as a sentence; may be empty.

    >>> str(SpeechmineError("not UTF-8 (byte 0xCE at 17)", "a.txt", "Try --encoding gb18030."))
    'a.txt: not UTF-8 (byte 0xCE at 17). Try --encoding gb18030.'
    """

    def __init__(self, what: str, where: str, hint: str = "") -> None:
        super().__init__(what, where, hint)
        self.what, self.where, self.hint = what, where, hint

    def __str__(self) -> str:
        return f"{self.where}: {self.what}." + (f" {self.hint}" if self.hint else "")


class NotReadError(SpeechmineError):
    """An input that is left out on purpose: it holds no text, or no reader for it is installed.

    >>> str(NotReadError("a sound or film", "a.mp3", "Give a transcript."))
    'a.mp3: a sound or film. Give a transcript.'
    """
