"""Every sentence the bot says, and the words of its commands: `texts.x`, whichever file it stands in."""

from handlers.texts.advice import *  # noqa: F403  (one name for all of them)
from handlers.texts.clock import *  # noqa: F403  (likewise)
from handlers.texts.leave import *  # noqa: F403  (likewise)
from handlers.texts.names import *  # noqa: F403  (likewise)
from handlers.texts.pages import *  # noqa: F403  (likewise)
from handlers.texts.refusals import *  # noqa: F403  (likewise)
from handlers.texts.tickets import *  # noqa: F403  (likewise)
from handlers.texts.urging import *  # noqa: F403  (likewise)
from handlers.texts.week import *  # noqa: F403  (likewise)
