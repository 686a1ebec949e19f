// What scripts add to pages that already work without them.
import { answerAfresh } from "./reconfirm.js";
import { fillFacts } from "./row-hints.js";
import { guardForms } from "./unsaved-guard.js";
import { keepTyping } from "./autosave.js";
import { listenForKeys } from "./shortcuts.js";
import { keepLimits } from "./limits.js";
import { startMeter } from "./meter.js";
import { liveMap } from "./body-map.js";
import { offerMinutes } from "./minutes.js";
import { showPairs } from "./change-text.js";
import { followRail } from "./step-nav.js";
import { growRows } from "./rows.js";
import { addSigns } from "./sign-button.js";

guardForms();
keepTyping();
keepLimits();
addSigns();
startMeter();
listenForKeys();
fillFacts();
showPairs();
followRail();
growRows();
liveMap();
answerAfresh();
offerMinutes();
