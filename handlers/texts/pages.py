"""What the bot says about the pages, and the words with which one asks for them."""

PAGES = ("看板", "登录", "后台", "网页")
"""Asks for a link into the pages."""

LINK_HERE = "【登录链接】"
"""Where the link goes in a line; the link itself stands in no database."""


_LONG = 120
"""Seconds; a longer wait is said in minutes."""

EVERYWHERE = "全区"
"""The area of whoever oversees all of the district."""


def ask_alone() -> str:
    """Said in a group: the link is for one person."""
    return f"请私聊我说“{PAGES[0]}”。"


def way_in(minutes: int) -> str:
    """A one-time link."""
    return f"打开链接，点“进入”：\n{LINK_HERE}\n{minutes} 分钟内有效，只能用一次，请不要转发。"


def with_link(words: str, link: str) -> str:
    """The words as they go out, with the link in its place."""
    return words.replace(LINK_HERE, link)


def too_many_links(minutes: int) -> str:
    """They have asked too often."""
    return f"链接要得太多了，请过 {minutes} 分钟再说“{PAGES[0]}”。"


def too_often(seconds: int) -> str:
    """Somebody calls too often on the pages."""
    wait = f"{seconds} 秒" if seconds <= _LONG else f"{-(-seconds // 60)} 分钟"
    return f"操作得太频繁了，请过 {wait}再试。"
