"""What a system without context reaches: `python -m evaluation.baselines SYSTEM CHATS … --out DIR`.

Both look at one resident's message at a time and open a ticket for each that sounds like a report; they know
no places, no actions and not which ticket is meant.

- keywords: the first category one of whose words is in the message.
- linear: TF-IDF of characters 1 to 4 and logistic regression, trained on `corpus/` and on the chats of
  `transcripts/` except those that it is to read (by name).
"""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline, make_pipeline

from evaluation.folds import CORPUS, Chat, Line, chats, load
from evaluation.score import read_jsonl

CHATTER = "chatter"
REFERRAL = "referral:"
KEYWORDS = {
    "违章搭建": ("违建", "违章搭建", "私搭", "乱搭", "搭建", "搭棚", "阳光房", "加盖"),
    "无证施工": ("无证施工", "承重墙", "砸墙", "私自施工", "施工许可"),
    "渣土扬尘": ("渣土", "扬尘", "灰尘", "建筑垃圾"),
    "施工噪声": ("施工", "工地", "电钻", "打桩", "装修声"),
    "生活噪声": ("广场舞", "音响", "喇叭", "噪音", "太吵", "扰民"),
    "露天烧烤": ("烧烤", "烤串", "羊肉串"),
    "油烟污染": ("油烟", "油烟味", "排烟"),
    "露天焚烧": ("焚烧", "烧垃圾", "烧树叶", "秸秆"),
    "污水排放": ("污水", "下水道", "排污", "臭水", "脏水"),
    "非机动车乱停放": ("共享单车", "电动车", "电瓶车", "乱停"),
    "店外经营": ("店外", "出店", "摆到门口", "摆出来"),
    "占道经营": ("占道", "摆摊", "摊贩", "小贩", "流动摊"),
    "乱堆物料": ("乱堆", "堆放", "杂物", "堆料"),
    "乱贴小广告": ("小广告", "牛皮癣", "乱贴", "乱涂"),
    "户外广告招牌": ("招牌", "广告牌", "横幅", "灯箱"),
    "市政设施损坏": ("路灯", "井盖", "路面", "坑", "护栏"),
    "毁绿占绿": ("绿化", "绿化带", "种菜", "草坪", "砍树"),
    "垃圾分类": ("垃圾分类", "分类", "混投"),
    "暴露垃圾": ("垃圾", "没人清", "垃圾桶满", "臭死"),
}
Labeller = Callable[[Sequence[str]], list[str]]


def by_keywords(texts: Sequence[str]) -> list[str]:
    """The category of each text by its words, or chatter."""
    return [
        next((label for label, words in KEYWORDS.items() if any(w in text for w in words)), CHATTER)
        for text in texts
    ]


def examples(others: Sequence[Chat]) -> Iterator[tuple[str, str]]:
    """Text and label: reports, referrals, and all the rest as chatter; officers' lines are left out."""
    for path in sorted(CORPUS.glob("*.jsonl")):
        for row in read_jsonl(path):
            if row.get("role") != "officer" and not row["label"].startswith("officer:"):
                yield row["text"], CHATTER if row["label"].startswith("resident:") else row["label"]
    for chat in others:
        label = {m: CHATTER for t in chat.gold["tickets"] for m in t["messages"][1:]}
        opening = {t["messages"][0]: t["category"] for t in chat.gold["tickets"]}
        refers = {r["message"]: REFERRAL + r["to"] for r in chat.gold.get("referrals", [])}
        for line in said_by_residents(chat):
            known = refers | opening
            if line["id"] in known or line["id"] not in label:
                yield line["text"], known.get(line["id"], CHATTER)


def over_characters() -> Pipeline:
    """The classifier of the baseline `linear`, not trained yet."""
    vectors = TfidfVectorizer(
        analyzer="char", ngram_range=(1, 4), min_df=2, sublinear_tf=True, max_features=60_000
    )
    return make_pipeline(vectors, OneVsRestClassifier(LogisticRegression(C=30.0, solver="liblinear")))


def learn(model: Pipeline, others: Sequence[Chat]) -> Pipeline:
    """Train a classifier of texts on the corpus and these chats."""
    texts, labels = zip(*examples(others), strict=True)
    return model.fit(texts, labels)


def by_model(model: Pipeline, texts: Sequence[str]) -> list[str]:
    """The likeliest label of each text."""
    return [str(label) for label in model.predict(texts)] if texts else []


def said_by_residents(chat: Chat) -> list[Line]:
    """The messages that the baselines read."""
    roles = chat.roles
    return [m for m in chat.messages if m["kind"] == "text" and roles[m["from"]] == "resident"]


def answer(chat: Chat, label: Labeller) -> Iterator[Line]:
    """What NAME.out.jsonl holds for this chat: a ticket or a referral a message, and a line that says so."""
    lines = said_by_residents(chat)
    labels = label([line["text"] for line in lines])
    for line, what in zip(lines, labels, strict=True):
        if what == CHATTER:
            continue
        if what.startswith(REFERRAL):
            yield {"type": "referral", "message": line["id"], "to": what.removeprefix(REFERRAL)}
        else:
            yield {"type": "ticket", "no": f"B-{line['id']}", "category": what, "location": "",
                   "urgent": False, "reporter": line["from"], "messages": [line["id"]]}  # fmt: skip
        yield {"type": "reply", "to": "group", "after": line["id"], "text": what, "mentions": []}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("system", choices=("keywords", "linear"))
    parser.add_argument("chats", type=Path, nargs="+", metavar="CHATS", help="NAME.chat.jsonl, or a folder")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    args = parser.parse_args()
    asked = [c for path in args.chats for c in (chats(path) if path.is_dir() else [load(path)])]
    label: Labeller = by_keywords
    if args.system == "linear":
        names = {chat.name for chat in asked}
        label = partial(by_model, learn(over_characters(), [c for c in chats() if c.name not in names]))
    args.out.mkdir(parents=True, exist_ok=True)
    for chat in asked:
        rows = [json.dumps(row, ensure_ascii=False) + "\n" for row in answer(chat, label)]
        (args.out / f"{chat.name}.out.jsonl").write_text("".join(rows), encoding="utf-8")
        print(chat.name, flush=True)


if __name__ == "__main__":
    main()
