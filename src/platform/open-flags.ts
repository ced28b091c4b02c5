import {constants} from 'node:fs';

/**
 * Flags to open a file for reading that neither wait (for a pipe's writer) nor take over a terminal. Windows
 * has neither.
 */
export const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** Flags to open a terminal's keyboard without making it the process's own terminal. */
export const READ_KEYBOARD = constants.O_RDONLY | (constants.O_NOCTTY ?? 0);
