/**
 * Replaces restore-cursor, which shows the cursor by a write to standard error when the process ends, even where that is a
 * file. bin/terminal/restore.ts does it on the terminal.
 */
export default function restoreCursor(): void {}
