"""Traditional to simplified script, character for character: the only door to opencc."""

from functools import cache

import opencc

from speechmine.records import Script

_ONLY_TRADITIONAL = frozenset(
    "們這來對時會國發個實業務學經點過進動體項總單為無與門開關樣東車長問間機當從電話頭戰區萬億應將"
)
_ONLY_SIMPLIFIED = frozenset(
    "们这来对时会国发个实业务学经点过进动体项总单为无与门开关样东车长问间机当从电话头战区万亿应将"
)


@cache
def _converters() -> tuple[opencc.OpenCC, ...]:
    # tw2s knows 看著 → 看着, hk2s knows 衞 → 卫; t2s alone leaves both. Never a *p config: 指標 would become 指针.
    return opencc.OpenCC("tw2s"), opencc.OpenCC("hk2s")


def simplified(text: str) -> str:
    """Write traditional characters as simplified ones, one for one.

    Raises:
        ValueError: opencc changed the length, so offsets would be lost.

    >>> simplified("臺賬、衞生、考覈、看著")
    '台账、卫生、考核、看着'
    """
    result = text
    for converter in _converters():
        result = converter.convert(result)
    if len(result) != len(text):
        raise ValueError("opencc changed the length of the text")
    return result


def script_of(text: str) -> Script:
    """Tell the script by the common characters that only one of the two has.

    >>> script_of("關於會議"), script_of("关于会议")
    ('hant', 'hans')
    """
    traditional = sum(char in _ONLY_TRADITIONAL for char in text)
    simple = sum(char in _ONLY_SIMPLIFIED for char in text)
    if min(traditional, simple) * 4 > max(traditional, simple):
        return "mixed"
    return "hant" if traditional > simple else "hans"
