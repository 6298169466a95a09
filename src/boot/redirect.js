"use strict";
// Leads on from an old address with its query and fragment, which a page that merely refreshes
// would lose.
const script = /** @type {HTMLScriptElement} */ (document.currentScript);
location.replace(script.dataset.to + location.search + location.hash);
