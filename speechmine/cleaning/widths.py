"""One width for each character: 9 for ９, a plain comma for ，, and one kind of quotation mark.

Never NFKC: it turns ①2025年 into 12025年 and 10² into 102. The table is listed by hand, one character for one.
"""

_PAIRS = {
    "　": " ", "\xa0": " ", "\t": " ", "，": ",", "；": ";", "：": ":", "？": "?", "！": "!", "（": "(", "）": ")",
    "％": "%", "﹪": "%", "．": ".", "－": "-", "＋": "+", "／": "/", "～": "~", "＜": "<", "＞": ">", "＝": "=",
    "＆": "&", "［": "[", "］": "]", "｜": "|", "＊": "*", "＠": "@", "＃": "#", "｡": "。", "､": "、", "﹐": ",",
    "﹑": "、", "﹔": ";", "﹕": ":", "「": "“", "」": "”", "『": "‘", "』": "’", "﹁": "“", "﹂": "”", "〔": "(",
    "〕": ")", "—": "—", "―": "—", "─": "—", "・": "·", "•": "·", "‧": "·", "∶": ":", "︰": ":", "〇": "〇", "○": "〇",
    "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\r": "\n",
}  # fmt: skip
_TABLE = str.maketrans(
    _PAIRS
    | {chr(code): "\ufffd" for code in range(0xD800, 0xE000)}
    | {chr(ord("０") + n): str(n) for n in range(10)}
    | {chr(ord("Ａ") + n): chr(ord("A") + n) for n in range(26)}
    | {chr(ord("ａ") + n): chr(ord("a") + n) for n in range(26)}
)


def folded(text: str) -> str:
    """Fold widths and the twins of punctuation marks; the length stays.

    >>> folded("①２０２５年，「周調度」")
    '①2025年,“周調度”'
    """
    return text.translate(_TABLE)
