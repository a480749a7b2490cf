"""Traditional to simplified script, character for character: the only door to opencc."""

import re
from functools import cache

import opencc

from speechmine.patterns import compiled
from speechmine.records import Script

_SAMPLE = 100_000
_ONLY_TRADITIONAL = "們這來對時會國發個實業務學經點過進動體項總單為無與門開關樣東車長問間機當從電話頭戰區萬億應將"
_ONLY_SIMPLIFIED = "们这来对时会国发个实业务学经点过进动体项总单为无与门开关样东车长问间机当从电话头战区万亿应将"

# Forms that no converter knows: old and Japanese ones, as some fonts and typists write them.
_VARIANTS = str.maketrans("靑淸戸吿汚擧甦馀祗値録歩毎黒歳緖", "青清户告污举苏余只值录步每黑岁绪")
# tw2s writes 着 for 著 but in the words that it knows, and it knows them in traditional script alone: 显著 stays 显著.
_WRITTEN = compiled("(?<=[显顯卓昭专專编編论論译譯遗遺拙原土])著(?![眼重力手急])|著(?=[书書称稱])")
_ANY_VARIANT = compiled(f"[{''.join(map(chr, _VARIANTS))}]")


@cache
def _converters() -> tuple[opencc.OpenCC, opencc.OpenCC]:
    # tw2s knows 看著 → 看着, hk2s knows 衞 → 卫; t2s alone leaves both. Never a *p config: 指標 would become 指针.
    return opencc.OpenCC("tw2s"), opencc.OpenCC("hk2s")


@cache
def _left_over() -> re.Pattern[str]:
    """Return the characters that hk2s would change: where tw2s left none, the text need not go through it."""
    every = "\n".join(map(chr, range(0x3400, 0xA000)))  # at once, and no two of them side by side
    changed = [char for char, made in zip(every, _converters()[1].convert(every), strict=True) if char != made]
    return compiled(f"[{''.join(changed)}]")


def simplified(text: str) -> str:
    """Write traditional characters as simplified ones, one for one.

    Raises:
        ValueError: opencc changed the length, so offsets would be lost.

    >>> simplified("臺賬、衞生、考覈、看著")
    '台账、卫生、考核、看着'
    """
    if "\0" in text:  # opencc takes it for the end of the text
        return "\0".join(map(simplified, text.split("\0")))
    taiwan, hong_kong = _converters()
    result: str = taiwan.convert(text)
    if _left_over().search(result):
        result = hong_kong.convert(result)
    if _ANY_VARIANT.search(result):
        result = result.translate(_VARIANTS)
    if len(result) != len(text):
        raise ValueError("opencc changed the length of the text")
    return _with_written(text, result) if "著" in text else result


def _with_written(text: str, result: str) -> str:
    pieces: list[str] = []
    done = 0
    for written in _WRITTEN.finditer(text):
        pieces += (result[done : written.start()], "著")
        done = written.start() + 1
    return "".join((*pieces, result[done:]))


def script_of(text: str) -> Script:
    """Tell the script by the common characters that only one of the two has.

    >>> script_of("關於會議"), script_of("关于会议")
    ('hant', 'hans')
    """
    sample = text[:: max(1, len(text) // _SAMPLE)]
    traditional, simple = (sum(map(sample.count, chars)) for chars in (_ONLY_TRADITIONAL, _ONLY_SIMPLIFIED))
    if min(traditional, simple) * 4 > max(traditional, simple):
        return "mixed"
    return "hant" if traditional > simple else "hans"
