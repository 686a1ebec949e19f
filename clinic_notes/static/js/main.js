// What scripts add to pages that already work without them.
import { guardForms } from "./guard.js";
import { showPairs } from "./pairs.js";
import { followRail } from "./rail.js";
import { growRows } from "./rows.js";

guardForms();
showPairs();
followRail();
growRows();
