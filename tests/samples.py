"""Texts for the properties: sentences of the genre made from parts, and the sample speeches of the corpus."""

from pathlib import Path

from hypothesis import strategies as st

CORPUS = Path(__file__).parent.parent / "corpus"

_OWNERS = ["各县区", "市发改委", "各级分管领导", "市统计局", "有关部门", "各乡镇、各部门"]
_ACTS = [
    "抓好项目建设",
    "健全周调度、月通报制度",
    "每季度组织一次观摩活动",
    "建立项目台账",
    "落实领导包联机制",
    "把投诉办结率提高到95%以上",
    "完成投资30亿元以上",
    "压实各方责任",
]
_TAILS = ["", ",确保按时完成", ",力争年底前达到80%", ",不得拖延"]


def orders() -> st.SearchStrategy[str]:
    """Return sentences that require something whatever stands around them."""
    return st.builds(
        lambda owner, act, tail: f"{owner}要{act}{tail}。",
        st.sampled_from(_OWNERS),
        st.sampled_from(_ACTS),
        st.sampled_from(_TAILS),
    )


def speeches() -> st.SearchStrategy[str]:
    """Return small speeches: one sentence a line."""
    return st.lists(orders(), min_size=1, max_size=4).map("\n".join)


def hostile() -> st.SearchStrategy[str]:
    """Return texts that mix the genre's characters with anything else, astral and control characters too."""
    pieces = st.one_of(
        st.text(max_size=12),
        orders(),
        st.sampled_from([
            "\n",
            "\r\n",
            "一、",
            "(一)",
            "第一,",
            "“",
            "”",
            "(",
            ")",
            "1。3万户",
            "關(guān)鍵",
            "20xx年",
            "XX亿元",
            "𠮷",
            "……",
        ]),
    )
    return st.lists(pieces, max_size=12).map("".join)


def corpus_texts() -> list[Path]:
    """Return the sample speeches."""
    return sorted((CORPUS / "texts").glob("*.txt"))
