"""What each category's tickets are about in plain words, and words for the same thing: to lay a message to a ticket.

Written from knowledge of the field (`evaluation/FORMAT.md`, categories), not from chats.
"""

import re
from functools import cache

_THINGS = {
    "店外经营": "店 货架 桌椅 桌子 凳子 外摆 冰柜 店外 出店 跨门 收进 搬进去 缩回 门前三包 展架 柜台 老板 经营",
    "占道经营": "摊 贩 推车 三轮 卖菜 卖水果 夜市 早市 吆喝 出摊 收摊 推车子 占道 游商 疏导点",
    "乱堆物料": "堆 料 沙 水泥 砖 纸箱 杂物 货物 木板 钢管 轮胎 废品 泡沫箱 建材 家具 收破烂 楼道",
    "非机动车乱停放": "单车 电动车 电瓶车 自行车 摩托 车子 车辆 停放 摆正 归位 划线 盲道 运维 挪车 僵尸车",
    "乱贴小广告": "广告 贴 铲 号码 喷 撕 牛皮癣 卡片 传单 停机 涂 覆盖 刷白",
    "户外广告招牌": "招牌 广告牌 店招 灯箱 横幅 字 牌子 屏 螺丝 灯牌 加固 门头 广告布 条幅 铁架",
    "市政设施损坏": "路灯 灯 井盖 坑 路面 地砖 护栏 市政 锥筒 锥桶 补 填 栏杆 塌 盖板 台阶 亮了 沥青 板 路牌 抢修",
    "违章搭建": "违建 搭 棚 砌 墙 院子 阳光房 顶 拆 焊 彩钢 露台 平台 铁皮 图纸 审批 规划 加盖 封 板房 架子",
    "无证施工": "施工 许可 停工 围挡 承重墙 装修 开挖 挖 手续 报备 工地 门洞 住建 鉴定 施工方 证 敲墙 回填",
    "渣土扬尘": "渣土 扬尘 灰 土 洒水 冲洗 盖网 盖布 雾炮 泥 工地 裸土 车轮 撒漏 防尘网",
    "油烟污染": "油烟 净化器 烟管 排烟 排烟口 烟道 味 油烟机 风机 厨房 滤芯 灶 餐 饭店 烟囱",
    "露天烧烤": "烧烤 烤 炉 炭 串 烟 摊 收摊 炉子",
    "露天焚烧": "烧 火 烟 灭 浇 秸秆 灰 火堆 水桶 稻草 扑 纸钱",
    "污水排放": "污水 水 下水 管 疏通 井 排水 堵 粪 隔油池 泵 淤 吸污车 化粪池 沟 排口 取样 冒",
    "施工噪声": "施工 工地 打桩 夜间 泵车 停工 停了 混凝土 钻 装修 机器 项目部 浇筑 噪声 证 声音",
    "生活噪声": "音响 喇叭 唱 跳 音乐 声音 噪声 音量 领队 广场舞 散 分贝 音箱 歌 调小 麻将 低音 吵 机子",
    "毁绿占绿": "绿 菜 树 草 花 种 园林 补种 葱 土 铲 地 苗 砍 草皮 栽",
    "垃圾分类": "分类 桶 投放 厨余 混 督导 亭 标识 收运 垃圾 宣传",
    "暴露垃圾": "垃圾 清运 环卫 桶 保洁 扫 清 袋 冲 垃圾车 家具 车 转运 大件",
    "其他": "晾 鸡 鸽 地锁 地桩 被子 洗车 绳 锁 养",
}
"""For each category, words that officers and residents use for its things."""

_ALIKE = (
    "驿站 快递柜 快递 菜鸟", "早餐 早点 包子铺", "垃圾站 垃圾房 垃圾亭 垃圾屋 分类亭 垃圾池", "菜市场 农贸市场 菜场 农贸",
    "电瓶车 电驴 电动车", "窨井盖 窨井 井盖", "灯杆 路灯", "牛皮癣 小广告", "音响 音箱 喇叭 大喇叭", "店招 门头 招牌 灯牌",
    "校门 学校 小学 中学", "地铁站 地铁口", "站台 公交站", "草坪 草皮 绿地 花坛 绿化带", "餐馆 餐厅 饭店", "烤串 烧烤",
    "项目部 工地", "卖水果 水果", "汽修 修车 轮胎", "共享单车 单车", "楼顶 天台 顶楼 顶层", "收破烂 收废品 废品", "药房 药店",
    "理发 美发 发廊", "凉亭 亭子", "巷子 巷", "健身房 健身", "彩钢棚 铁皮棚 铁皮房 棚子", "地库 地下车库", "幼儿园 幼稚园",
)  # fmt: skip
"""Words for the same thing; the last of each line stands for all."""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(map(re.escape, words.split()))) for name, words in _THINGS.items()}


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    name_of = {word: line.split()[-1] for line in _ALIKE for word in line.split()}
    longest_first = sorted(name_of, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), name_of


def mentions(text: str) -> dict[str, int]:
    """How many different things of each category the text names."""
    return {
        name: count for name, pattern in _patterns().items() if (count := len(set(pattern.findall(text))))
    }


def one_name(text: str) -> str:
    """The text with words for the same thing made one."""
    pattern, name_of = _names()
    return pattern.sub(lambda match: name_of[match.group()], text)
