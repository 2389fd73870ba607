"""WeChat through a Wechaty gateway; `docs/wechat.md` says how to get one."""
