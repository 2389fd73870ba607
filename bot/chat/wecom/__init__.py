"""WeCom (企业微信) as a chat platform: the official smart robot, over its long connection."""
