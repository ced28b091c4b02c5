import type {Environment} from './environment.js';

/**
 * Whether errors show where in the program they occurred: MEMRAY_TREE_DEBUG is set, and not to "", "0" or
 * "false".
 */
export function isDebugMode(env: Environment): boolean {
  return !['', '0', 'false'].includes(env.MEMRAY_TREE_DEBUG ?? '');
}
