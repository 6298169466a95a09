// What the build adds. Types only: never a part of the script.

/** The words of the site's language. */
declare const words: typeof ZH;
