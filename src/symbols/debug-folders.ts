import type {Environment} from '../platform/environment.js';

/** Where debug information may lie that was split off its image. */
export interface DebugFolders {
  /** Folders of `xx/yyyy….debug`, by build id. */
  readonly buildIdFolders: readonly string[];
  /** The root under which folders of images are mirrored. */
  readonly debugRoot: string;
  /** What debuginfod has fetched before: `<build id>/debuginfo`. Read only. */
  readonly debuginfodCache: string | null;
}

export function getDebugFolders(environment: Environment): DebugFolders {
  return {
    buildIdFolders: ['/usr/lib/debug/.build-id'],
    debugRoot: '/usr/lib/debug',
    debuginfodCache: getDebuginfodCache(environment),
  };
}

function getDebuginfodCache(environment: Environment): string | null {
  const {DEBUGINFOD_CACHE_PATH, XDG_CACHE_HOME, HOME} = environment;
  if (DEBUGINFOD_CACHE_PATH) return DEBUGINFOD_CACHE_PATH;
  if (XDG_CACHE_HOME) return `${XDG_CACHE_HOME}/debuginfod_client`;
  return HOME ? `${HOME}/.cache/debuginfod_client` : null;
}
