// Every sentence that the scripts show. Chinese stands here and in the templates, nowhere else.

export const errors = {
  locked: "钥匙失效了，请用管理员给您的完整链接重新打开。",
  foreign: "请求不是从这个页面发出的，请刷新后再试。",
  too_large: (limit) => `文件太大，最多 ${limit}。`,
  empty: "这是个空文件，没有发送。",
  bad_request: "内容不完整或太长，没有发送。",
  not_found: "没有找到，请刷新后再试。",
  offline: "没有连上，请检查网络后再试。",
  unknown: "出了点问题，没有发送，请再试一次。",
};

export const chat = {
  you: "你",
  recalled: (who) => `${who}撤回了一条消息`,
  newer: (count) => `${count} 条新消息`,
  toBottom: "回到最新",
  lost: "连接断开，正在重新连接…",
  copied: "已复制",
  emptyGroup: "还没有人说话。像平时在群里那样说一句试试，例如“楼下烧烤店又冒烟了，窗户都不敢开”。",
  emptyPrivate: "这里的话，只有你和网格管家看得到。",
  emptyPrivateWatching: "到现在为止，这个人没有和网格管家私聊过。",
  unread: (name) => `${name}，有新消息`,
  picture: (name) => `${name}发的图片，点开看大图`,
  noPicture: "图片",
  kinds: { video: "视频", voice: "语音", file: "文件", location: "位置", link: "链接", sticker: "表情" },
};

export const menu = {
  quote: "引用",
  recall: "撤回",
  copy: "复制",
  open: "看大图",
  people: "换一个人",
  eyes: "换一双眼睛看",
  groups: "换一个群",
  story: "看一段示范群聊",
  message: "对这条消息",
};

export const composer = {
  hints: {
    resident: "说说身边的事…",
    officer: "回复居民，或引用、@ 网格管家…",
    community: "在群里说点什么…",
    property: "在群里说点什么…",
    supervisor: "在群里说点什么…",
  },
  privateHint: "只对网格管家说…",
  quoted: (name, text) => `${name}：${text}`,
  removeFile: (name) => `不发 ${name}`,
  sending: "发送中",
  send: "发送",
};

export const tickets = {
  none: "还没有工单。居民在群里说起身边的烦心事，这里就会出现。",
  tally: (open, ended) => `${open} 件在办 · ${ended} 件已结`,
  households: (count) => `${count} 户反映`,
  urgent: "紧急",
  officers: "队员",
  noOfficers: "尚未派人",
  noPlace: "地点未说明",
  history: (count) => `全部经过（${count} 步）`,
  badge: (open) => `${open} 件在办`,
};

export const story = {
  playing: (percent) => `正在播放 ${percent}%（只能看）`,
  playingUnknown: "正在播放（只能看）",
  over: "播放完毕，可以往回翻",
  starting: "正在准备…",
  start: "开始播放",
};

/** WeChat's names for faces that have a likeness in Unicode. */
export const faces = {
  "[微笑]": "🙂", "[捂脸]": "🤦", "[强]": "👍", "[呲牙]": "😁", "[偷笑]": "🤭", "[抱拳]": "🙏", "[大哭]": "😭",
  "[流泪]": "😢", "[红包]": "🧧", "[旺柴]": "🐶", "[尴尬]": "😅", "[色]": "😍", "[裂开]": "💔", "[OK]": "👌",
  "[鼓掌]": "👏", "[玫瑰]": "🌹", "[耶]": "✌️", "[奸笑]": "😏", "[坏笑]": "😏", "[吃瓜]": "🍉", "[吐]": "🤮",
  "[得意]": "😎", "[加油]": "💪", "[害羞]": "😊", "[笑哭]": "😂", "[撇嘴]": "😕", "[发怒]": "😡", "[合十]": "🙏",
  "[爱心]": "❤️", "[咖啡]": "☕", "[太阳]": "☀️", "[月亮]": "🌙", "[庆祝]": "🎉", "[疑问]": "❓", "[弱]": "👎",
};

export const weekdays = ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"];
export const yesterday = "昨天";
export const date = (year, month, day) => `${year}年${month}月${day}日`;
export const shortDate = (month, day) => `${month}月${day}日`;
