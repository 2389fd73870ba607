"""Being built right now, or there already."""

import pytest

from understanding.ongoing import ongoing


@pytest.mark.parametrize(
    "words",
    [
        "8栋顶楼正在搭彩钢棚",
        "有人在露台焊铁架子，快来人",
        "隔壁在砌墙",
        "顶上今天又在敲",
        "那家趁周末偷偷搭阳光房",
        "一楼开始挖地下室了没人管",
        "现在还在施工，电焊火星子往下掉",
        "昨天停了一下，今天又在搭",
    ],
)
def test_it_goes_on(words: str) -> None:
    assert ongoing(words)


@pytest.mark.parametrize(
    "words",
    [
        "顶楼的棚子已经搭好了",
        "他家露台封了好几年",
        "一楼在院子里搭了个厨房",
        "那个违建去年就有了",
        "楼顶的阳光房建了三年了没人管",
        "现在没有在搭了",
        "他们停工了",
        "3栋把院子封起来了",
        "路边在卖西瓜",
    ],
)
def test_it_stands_or_is_something_else(words: str) -> None:
    assert not ongoing(words)
