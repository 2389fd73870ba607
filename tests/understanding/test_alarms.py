"""What is a danger by its words alone, and what only sounds like one."""

import pytest

from understanding.alarms import alarm, also, asks, fits, literal
from understanding.hazards import hazard, peril, urgent

DANGERS = [
    ("6栋的伢崽掉进鱼池了 快来个会游泳的", "injury"),
    ("有老人掉到河里去了，就在小区后门", "injury"),
    ("湖边有个女的要跳下去，快来人拦一下", "injury"),
    ("有个骑电动车的给渣土车撞飞了，躺在地上不动", "injury"),
    ("我奶奶喊不应了，脸煞白，哪个帮我打下120", "injury"),
    ("楼下有个爹爹昏倒在花坛边上，没人认得", "injury"),
    ("快递小哥被车撞了，腿都压到了，北门口", "injury"),
    ("3栋楼梯间有人晕倒了，嘴巴发乌", "injury"),
    ("有人从6楼掉下来了！！", "injury"),
    ("伢子吃东西噎住了 脸都紫了 怎么办啊", "injury"),
    ("我老公突然倒地上抽搐，谁来帮帮忙", "injury"),
    ("小孩误食老鼠药了，谁有车", "injury"),
    ("门口有人拿刀追人，快报警", "injury"),
    ("保安被砸到头了流了一地血", "injury"),
    ("池子里淹到人了", "injury"),
    ("哪个会心肺复苏，游泳池这里有人没呼吸了", "injury"),
    ("有个婆婆摔倒在台阶上，头破了好多血", "injury"),
    ("哪家煤气漏了，楼道里熏死人", "gas"),
    ("5栋一楼天燃气好大味道", "gas"),
    ("燃汽味，快来人，七栋", "gas"),
    ("媒气漏了媒气漏了，3单元", "gas"),
    ("施工队把燃气管刮破了，往外喷气", "gas"),
    ("楼道里一股臭鸡蛋味，越来越重", "gas"),
    ("天然气管道漏了，丝丝响，小区大门口", "gas"),
    ("我闻到一股煤气，哪家忘关了", "gas"),
    ("4栋好重的瓦斯味", "gas"),
    ("液化气罐子在那里嘶嘶响，面馆门口", "gas"),
    ("屋里煤器泄漏，我先跑出来了", "gas"),
    ("厨房里煤气味大得很，关了阀还有", "gas"),
    ("7栋外墙瓷砖一块块往下掉", "collapse"),
    ("15楼阳台上的花盆快掉下来了，在边边上", "collapse"),
    ("路边那棵大树歪了，要倒到马路上了", "collapse"),
    ("3栋雨棚被吹翻了半边，随时会掉下来", "collapse"),
    ("广告牌松了，风一吹哐哐响，下面就是公交站", "collapse"),
    ("工地围挡要倒了，往人行道这边歪", "collapse"),
    ("人行道塌了一个洞", "collapse"),
    ("小区后面的路往下沉了，裂开好大的缝", "collapse"),
    ("井盖被人偷走了，一个大洞", "collapse"),
    ("门口窨井冇得盖子，昨天差点掉下去", "collapse"),
    ("井盖没盖好，翘着，伢子差点踩进去", "collapse"),
    ("5楼的防盗窗松脱了，吊在外面", "collapse"),
    ("路灯杆子被车撞歪了，快倒了", "collapse"),
    ("墙皮大块大块往下掉，砸到一辆车", "collapse"),
    ("脚手架在晃，看着要垮了", "collapse"),
    ("楼顶的太阳能被风吹得要掉下来", "collapse"),
    ("10栋的空调外机架子断了，机子吊在半空", "collapse"),
    ("12栋3楼着火了！！", "fire"),
    ("楼下电动车充电的地方冒烟了", "fire"),
    ("车棚里有电瓶车烧起来了", "fire"),
    ("9栋后面草堆着火了", "fire"),
    ("垃圾箱冒烟了，谁丢的烟头", "fire"),
    ("4栋2楼厨房往外冒黑烟", "fire"),
    ("隔壁房子起火了，快打119", "fire"),
    ("小区后门的废纸堆烧起来了", "fire"),
    ("有台车自燃了，冒好大的烟", "fire"),
    ("电线掉下来了，在地上冒火花", "electric"),
    ("3栋旁边高压线断了", "electric"),
    ("电线杆被车撞倒了，横在路上", "electric"),
    ("配电箱噼里啪啦冒火花", "electric"),
    ("路灯杆漏电，狗碰到就死了", "electric"),
    ("水里有电，刚有人被电了一下", "electric"),
    ("电缆断了垂在路中间", "electric"),
    ("变压器炸了，好大一声", "electric"),
]


@pytest.mark.parametrize(("text", "name"), DANGERS)
def test_a_danger_is_told_by_its_words(text: str, name: str) -> None:
    assert alarm(text) == name
    assert hazard(text) == name
    assert urgent(text)


NONE = [
    "今天地铁上有人晕倒，好心人真多",
    "我儿子掉水里过一次，从那以后就不敢游泳",
    "昨天看新闻有个小孩掉井里，救上来了",
    "楼下烧烤太香了，我口水都掉下来了",
    "这个瓜便宜得要跳楼",
    "老板跳楼价甩卖，羊毛衫三十",
    "他打麻将输得要跳楼",
    "球掉池子里了，谁有捞网",
    "我手机掉湖里了",
    "孩子把玩具车推倒了，哭半天",
    "气得我要吐血",
    "这天热得要着火了",
    "煤气费怎么交，燃气卡在哪充",
    "燃气公司明天来安检，家里要留人",
    "煤气罐多少钱一瓶",
    "请大家注意燃气安全，防止煤气泄漏",
    "一旦闻到煤气味请立即开窗",
    "天然气漏了怎么办，学一下",
    "求推荐燃气报警器",
    "没闻到煤气味啊，你家的吧",
    "煤气味散了，刚才师傅换了管子",
    "火锅底料烧起来才香",
    "锅里油烧起来了没",
    "今天火烧云好漂亮",
    "双十一了，钱包要着火",
    "我家灯要掉下来的那个视频发一下",
    "墙上挂的画掉了，谁会钉",
    "楼上拖椅子，楼板都要塌了",
    "楼上打麻将吵得屋顶都要掀了",
    "今天股市塌了",
    "我人设塌了",
    "路塌了那次是哪一年来着",
    "井盖去年丢过一次，后来补了",
    "井盖换新的了，看着结实",
    "外墙瓷砖修好了，师傅辛苦",
    "空调外机滴水，滴到我家雨棚上",
    "晾衣架坏了，谁家有多的",
    "电线杆上贴满了小广告",
    "网线断了，宽带师傅什么时候来",
    "晾衣绳断了",
    "电动车被撞了一下，没事",
    "我的车被刮了，哪个晓得监控找谁看",
    "早上喊不醒伢子，天天迟到",
    "累得倒地上就睡着了",
    "笑得我晕过去",
    "有没有人会急救培训报名的",
    "消防演习明天下午三点，大家不要慌",
    "着火点在哪里不晓得，消防车走了",
    "小心火烛，人人有责",
    "烟头点着了没熄就丢",
    "电影里那个楼塌得好假",
    "要是井盖没了，小孩掉进去哪个负责",
    "万一墙倒了砸到人怎么办",
    "树叶落了一地没人扫",
    "石头剪刀布，输的倒垃圾",
    "隔壁老王家的墙刷白了",
    "头痛得要裂开了",
    "吊灯晃得眼睛花，换个灯泡",
    "桥上堵车了",
    "老房子要拆了，墙上写了拆字",
    "阳台上要放个花架，有推荐的吗",
    "3栋楼下烧烤摊烟大",
    "8栋烧烤店的烟又飘到我家卧室里",
    "垃圾桶倒了没人扶",
    "垃圾车漏水滴一路",
    "厨房炒菜烟大",
]


@pytest.mark.parametrize("text", NONE)
def test_jokes_news_questions_and_what_is_over_are_no_danger(text: str) -> None:
    assert alarm(text) is None
    assert hazard(text) is None or not urgent(text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("臭得鼻子都要掉了，10栋沟边上", "臭得,10栋沟边上"),
        ("楼上跳绳，天花板都要塌了", "楼上跳绳,"),
        ("他喊“着火了”喊得好大声", "他喊喊得好大声"),
        ("天花板要塌了，掉水泥", "天花板要塌了,掉水泥"),
    ],
)
def test_figures_of_speech_and_quotations_are_left_out(text: str, rest: str) -> None:
    assert literal(text) == rest


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("4栋也有", True),
        ("我们楼道也闻到了", True),
        ("9栋这边也是！", True),
        ("我也要一份", False),
        ("他也有错", False),
    ],
)
def test_who_says_that_it_is_so_there_too(text: str, *, there: bool) -> None:
    assert also(text) is there


def test_who_asks_what_gas_smells_like_asks_in_general() -> None:
    assert asks("煤气味一般是什么味道啊")
    assert not asks("我家煤气味好重咋办")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("楼上天天跳舞，吵得睡不着", None),
        ("桥上的栏杆断了两根，小孩趴在那", "collapse"),
        ("一楼在凿客厅那根柱子", "collapse"),
        ("灯杆底下线头露在外面", "electric"),
    ],
)
def test_what_lives_hang_on_is_a_peril_once_it_is_urgent(text: str, name: str | None) -> None:
    assert peril(text) == name


def test_a_danger_fits_some_categories_and_not_others() -> None:
    assert fits("collapse", "其他", "空调外机要掉下来了")
    assert not fits("collapse", "油烟污染", "玻璃往下掉")
    assert fits("collapse", "油烟污染", "烟管要倒了")
    assert fits("injury", "暴露垃圾", "有人晕倒了")
