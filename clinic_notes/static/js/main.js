// What scripts add to pages that already work without them.
import { answerAfresh } from "./fresh.js";
import { fillFacts } from "./facts.js";
import { guardForms } from "./guard.js";
import { keepTyping } from "./keep.js";
import { listenForKeys } from "./keys.js";
import { keepLimits } from "./limits.js";
import { startMeter } from "./meter.js";
import { liveMap } from "./map.js";
import { offerMinutes } from "./minutes.js";
import { showPairs } from "./pairs.js";
import { followRail } from "./rail.js";
import { growRows } from "./rows.js";
import { addSigns } from "./signs.js";

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
