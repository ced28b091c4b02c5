/** Whether blocks are kept (blocks.ts): 1 in one of the builds. */
declare const KEEPS_BLOCKS: bool;
/** Whether the history of the heap is kept (history.ts): 1 in another one. */
declare const KEEPS_HISTORY: bool;
