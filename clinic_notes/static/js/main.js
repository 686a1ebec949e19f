// Starts the scripts. Every page works without them.
import { startAutosave } from "./autosave.js";
import { startBodyMap } from "./body-map.js";
import { showChangeTexts } from "./change-text.js";
import { watchLimits } from "./limits.js";
import { startMeter } from "./meter.js";
import { handleMinutesButton } from "./repeat-minutes.js";
import { handleReconfirmButton } from "./reconfirm.js";
import { fillRowHints } from "./row-hints.js";
import { handleRowButtons } from "./rows.js";
import { listenForShortcuts } from "./shortcuts.js";
import { addPlusMinusButtons } from "./plus-minus-button.js";
import { markCurrentStep } from "./step-nav.js";
import { guardForms } from "./unsaved-guard.js";

guardForms();
startAutosave();
watchLimits();
addPlusMinusButtons();
startMeter();
listenForShortcuts();
fillRowHints();
showChangeTexts();
markCurrentStep();
handleRowButtons();
startBodyMap();
handleReconfirmButton();
handleMinutesButton();
