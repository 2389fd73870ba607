"""The words the rules know: lists only, written from knowledge of the language and of the field."""

PLACE_ENDS = frozenset("路街巷弄道栋幢楼号座区门口店馆场桥站院园村里厅铺摊行社校厂库坡坝湖河江塘沟亭")
"""Characters that often end the name of a place."""
PLACE_SIDES = frozenset("旁边侧前后左右上下内外面头底角间东西南北中处")
"""Characters that say where something is, seen from a place."""

GROUP_BUY = (
    "接龙", "团购", "拼单", "拼团", "成团", "团长", "下单", "截单", "开团", "跟团", "几份", "一份", "两份", "报名",
    "预订", "预定", "包邮", "到货", "自提", "提货", "斤", "一箱", "两箱", "一盒", "两盒", "代购", "秒杀", "砍价",
    "特价", "凑单", "扣1", "报数", "统计", "登记人数", "投票", "拼车", "组队", "参加",
)  # fmt: skip
"""Words of group purchases and sign-ups: a +1 that follows them supports nothing."""
QUESTION_ENDS = ("?", "吗", "么", "啵", "呢", "没有", "呀", "不", "吧", "嘛")
"""What a question tends to end with, Nanchang's 啵 included."""
"""Words for which a plain 'same here' stands."""
SAME_HERE = ("+1", "加1", "加一", "1", "同", "顶", "支持", "同感", "我也是", "我家也是", "俺也一样", "附议", "同上", "俺也是")
"""A bare 'me too'."""
