// Set by scripts/build-core.mjs.
declare const KEEPS_BLOCKS: bool;
