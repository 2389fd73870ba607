// The choice of a group and of who one is.

import { dressAvatars } from "./avatar.js";
import { tameDialogs } from "./dom.js";
import { prepareStories } from "./story.js";

dressAvatars();
tameDialogs();
prepareStories();
