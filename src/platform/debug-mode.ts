/** Whether errors show where in the program they occurred: MEMRAY_TREE_DEBUG is set, and not to "", "0" or "false". */
export function isDebugMode(env: Readonly<Record<string, string | undefined>>): boolean {
  return !['', '0', 'false'].includes(env.MEMRAY_TREE_DEBUG ?? '');
}
