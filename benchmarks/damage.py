"""Damage clean texts as scraping, converting and printing do: one function for each way, driven by a seeded chance."""

import json
import random
import re
from collections.abc import Callable

import opencc

SYLLABLES = ("guān", "shì", "yè", "xiàng", "mù", "jiàn", "zhòng", "diǎn", "zuò", "huì", "zǔ", "lǜ", "nüè", "é", "ān")
# Marks of fonts and of Taiwanese typesetting, as they stand at the start of a line.
MARKS = "\ue686\ue687\ue688\ue689\ue68a\ue68b\uf0b7"
VARIANTS = str.maketrans("核为说启众里线卫着", "覈爲說啓衆裏綫衞著")
NAVIGATION = "首页 > 政务公开 > 讲话\n【字体：大 中 小】 打印本页 关闭窗口\n分享到：微信 微博 QQ空间\n"
FOOTER = "\n责任编辑：张三\n上一篇：没有了\n下一篇：通知公告\nICP备12345678号-1 版权所有\n"
HALF = str.maketrans("，；：？！（）", ",;:?!()")
FULL = str.maketrans("0123456789%", "０１２３４５６７８９％")

Damage = Callable[[str, random.Random], str]


def glosses(text: str, chance: random.Random) -> str:
    """Write in traditional script, with a reading behind each character that changes."""
    traditional = opencc.OpenCC("s2t").convert(text)
    pairs = zip(text, traditional, strict=True)
    return "".join(new if new == old else f"{new}({chance.choice(SYLLABLES)})" for old, new in pairs)


def shifts(text: str, chance: random.Random) -> str:
    """Lose half a character at the start and at the end of one clause in ten that follows a full stop."""

    def shift(clause: re.Match[str]) -> str:
        if chance.random() > 0.1:
            return clause[0]
        return clause[0].encode("gbk")[1:].decode("gbk", "ignore")

    return re.sub("。[\u4e00-\u9fff]{5,40}(?=[，。])", shift, text)


def decimals(text: str, _: random.Random) -> str:
    return re.sub(r"(?<=\d)\.(?=\d+(?:%|万|亿))", "。", text)


def noise(text: str, chance: random.Random) -> str:
    return re.sub(
        "的(?=[\u4e00-\u9fff])", lambda _: "的" + (chance.choice("’.`") if chance.random() < 0.2 else ""), text
    )


def wraps(text: str, chance: random.Random) -> str:
    """Cut every line at one width, as a printout does."""
    width = chance.randrange(22, 42)
    return "\n".join(re.sub(f"(.{{{width}}})(?=.)", "\\1\n", line) for line in text.split("\n"))


def indented_wraps(text: str, chance: random.Random) -> str:
    """Cut as a word processor does: paragraphs indented, no mark at the start of a line."""
    width = chance.randrange(26, 42)
    lines = text.split("\n")
    return "\n".join(re.sub(f"(.{{{width}}}[，。、；：！？”）]?)(?=.)", "\\1\n", f"　　{line}") for line in lines)


def pages(text: str, chance: random.Random) -> str:
    """Cut, with a page mark after every twenty lines."""
    lines = wraps(text, chance).split("\n")
    marks = [f"\n{at // 20}\n\n=== 第 {at // 20 + 1} 頁 ===" if at % 20 == 19 else "" for at in range(len(lines))]
    return "\n".join(line + mark for line, mark in zip(lines, marks, strict=True))


def page_numbers(text: str, chance: random.Random) -> str:
    """Put a page number into the middle of a paragraph after every 800 characters or so."""
    pieces = re.split("(?<=[\u4e00-\u9fff]{2})(?=[\u4e00-\u9fff]{2})", text)
    out, since, page = [], 0, 1
    for piece in pieces:
        out.append(piece)
        since += len(piece)
        if since > 800:
            out.append(f"\n— {page} —\n")
            since, page = chance.randrange(100), page + 1
    return "".join(out)


def spaced(text: str, _: random.Random) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff])(\d[\d.,]*%?)(?=[\u4e00-\u9fff])", " \\1 ", text)


def html(text: str, _: random.Random) -> str:
    lines = (f'<p style="text-indent: 2em;"><span>{line}&nbsp;</span></p>' for line in text.split("\n"))
    return "".join(lines).replace("“", "&ldquo;").replace("”", "&rdquo;")


def doubled(text: str, chance: random.Random) -> str:
    return re.sub("[，。、](?=[\u4e00-\u9fff])", lambda mark: mark[0] * (2 if chance.random() < 0.1 else 1), text)


def cut_glosses(text: str, chance: random.Random) -> str:
    """Write readings of which every tenth is cut in two by the end of a line, in brackets of either width."""

    def cut(gloss: re.Match[str]) -> str:
        at = chance.randrange(1, len(gloss[1])) if chance.random() < 0.1 and len(gloss[1]) > 1 else 0
        opened, closed = chance.choice(("()", "（）"))
        return f"{opened}{gloss[1][:at]}{chr(10) * (at > 0)}{gloss[1][at:]}{closed}"

    return re.sub(r"\(([a-zü\u00e0-\u01dc]+)\)", cut, glosses(text, chance))


def masked(text: str, chance: random.Random) -> str:
    """Mask every fourth number: XX亿元, 20xx年, ***%."""
    text = re.sub(r"20\d\d(?=年)", lambda year: year[0] if chance.random() < 0.75 else "20xx", text)
    mask = re.compile(r"\d+(?:\.\d+)?(?=[万亿]?[元人户个%]|％)")
    return mask.sub(lambda number: number[0] if chance.random() < 0.75 else chance.choice(("XX", "***")), text)


def lost_digits(text: str, chance: random.Random) -> str:
    """Lose the digits of every fourth number: 达到.%, 完成套."""
    return re.sub(r"\d+(?=[.万亿元人户个%套])", lambda number: number[0] if chance.random() < 0.75 else "", text)


def spaced_digits(text: str, chance: random.Random) -> str:
    """Part the digits of every other number: 1 0 1 年, 1 046 幢."""

    def part(number: re.Match[str]) -> str:
        return " ".join(number[0]) + " " if chance.random() < 0.5 else number[0]

    return re.sub(r"(?<![\d.,])\d{3,5}(?=[年亿万人])", part, text)


def half_width(text: str, _: random.Random) -> str:
    return text.translate(HALF)


def full_width(text: str, _: random.Random) -> str:
    return text.translate(FULL)


def comma_stops(text: str, chance: random.Random) -> str:
    """Put a comma before the full stop: ,。 and ，。"""
    return re.sub(
        "(?<=[\u4e00-\u9fff])。", lambda _: (chance.choice(",，") if chance.random() < 0.2 else "") + "。", text
    )


def private_use(text: str, _: random.Random) -> str:
    """Put list marks of an old font before the paragraphs that are no headings."""
    lines = text.split("\n")
    return "\n".join((MARKS[at % len(MARKS)] if len(line) > 60 else "") + line for at, line in enumerate(lines))


def html_in_json(text: str, chance: random.Random) -> str:
    """Write the page as a string of JSON, quotation marks and all."""
    return json.dumps(html(text, chance), ensure_ascii=False)[1:-1].replace("</", "<\\/").replace("<p", "\\u003cp")


def variants(text: str, _: random.Random) -> str:
    return opencc.OpenCC("s2t").convert(text).translate(VARIANTS)


def furniture(text: str, chance: random.Random) -> str:
    """Put a page around the text, and an advert between two of its paragraphs."""
    lines = text.split("\n")
    lines.insert(chance.randrange(1, max(2, len(lines))), "点击下载更多讲话稿范文 www.example.com")
    return f"{NAVIGATION}{chr(10).join(lines)}{FOOTER}"


KINDS: tuple[Damage, ...] = (
    glosses, cut_glosses, shifts, decimals, noise, wraps, indented_wraps, pages, page_numbers, spaced, spaced_digits,
    half_width, full_width, doubled, comma_stops, private_use, html, html_in_json, variants, furniture, masked, lost_digits,
)  # fmt: skip
# Of these nothing comes back, on purpose: nobody knows what stood there.
GONE = (masked, lost_digits)
