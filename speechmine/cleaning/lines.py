"""What a line of text shows of itself: how wide it is, how it begins, how it ends."""

from speechmine.patterns import compiled

_CHINESE_NUMBER = "一二三四五六七八九十百零〇壹貳贰參叁肆伍陸陆柒捌玖拾"
_MARK = compiled(
    rf"(?:[{_CHINESE_NUMBER}甲乙丙丁]{{1,4}}[、.]|[一二三四五六七八九十]{{1,3}}[是要]|"
    rf"[(\[](?:[{_CHINESE_NUMBER}]{{1,4}}|\d{{1,3}})[)\]]|[【\[]|第[{_CHINESE_NUMBER}\d]{{1,4}}(?!\d)[、,:章节節条條篇部分是要]|\d{{1,3}}(?:[、)]|\.(?!\d))|[①-⑳⑴-⒛]|"
    r"[●○■□▲△◆◇★☆※·*#>|=~+]|-{1,2}(?!\d)|—|…|附[件录錄表]|主[题題][词詞]|https?:|www\.)"
)
_HEADING = compiled(rf"\(?[{_CHINESE_NUMBER}]{{1,4}}[、.)]|第[{_CHINESE_NUMBER}\d]{{1,4}}[章节節编編]")
_LABEL = compiled(r"[^\s,。;!?:\d]{2,6}:|\S {1,4}\S:")
_COLUMNS = compiled(r"\S {2,}\S|\.{4,}|…{2,}.|·{4,}|\||https?:|www\.")
_END = compiled(r"[。!?;:…~][”’\"')\]》】]*\Z")
_SENTENCE_MARK = compiled("[,。;!?、:]")
_WIDE_MARKS = ",;:!?()"


def width(line: str) -> int:
    """Measure a line in columns: two for a Chinese character or mark, one for a Latin letter, a digit or a blank.

    >>> width("签约率67%,"), width("abc")
    (11, 3)
    """
    # Widths are folded, but a comma of Chinese text took two columns where the line was broken.
    return len(line.encode("gbk", "replace")) + sum(map(line.count, _WIDE_MARKS))


def begins_anew(line: str) -> bool:
    """Say whether a line opens with a list mark, a heading number or a label.

    >>> [begins_anew(line) for line in ("二、下一步工作", "(三)强化督导", "2.控成本", "时 间:4月", "十一,去年是第三")]
    [True, True, True, True, False]
    """
    return _MARK.match(line) is not None or _LABEL.match(line) is not None


def may_go_on(line: str, after: str) -> bool:
    """Say whether a sentence may run from one line to the next: no end and no beginning lies between.

    >>> may_go_on("截至114年2月底共拓展312", "处巷弄长照站。"), may_go_on("一、工作回顾", "(一)总体情况")
    (True, False)
    """
    return not (is_ended(line) or begins_anew(after) or is_row(line) or is_row(after))


def is_numbered(line: str) -> bool:
    """Say whether a line opens with a list mark or a heading number."""
    return _MARK.match(line) is not None


def has_heading_number(line: str) -> bool:
    """Say whether a line opens with a number that headings have, rather than points: 三、 (十六) 第二章."""
    return _HEADING.match(line) is not None


def is_row(line: str) -> bool:
    """Say whether a line is set in columns, or is none of the text: a row of a table, a contents list, an address."""
    return _COLUMNS.search(line) is not None


def is_ended(line: str) -> bool:
    """Say whether a line ends where a sentence or a clause ends.

    >>> is_ended("狠抓落实。”"), is_ended("公共"), is_ended("持续加大,")
    (True, False, False)
    """
    return _END.search(line, max(0, len(line) - 70)) is not None


def is_prose(line: str) -> bool:
    """Say whether a line has a mark of punctuation inside, as headings and menus mostly have not.

    >>> is_prose("办公楼前立一块公示栏,办一件销一件的账"), is_prose("关于印发工作方案的通知")
    (True, False)
    """
    mark = _MARK.match(line)
    return _SENTENCE_MARK.search(line, mark.end() if mark else 0, len(line) - 1) is not None
