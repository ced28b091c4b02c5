// Which files a path from a capture may lead to. A capture is untrusted: its paths must not make us touch
// devices, the system's own files, the network, or a file system that may never answer.
import type {Platform} from './platform.js';

/**
 * statfs(2) types (linux/magic.h) of file systems whose files are interfaces to the system, not documents.
 */
const SYSTEM_FILE_SYSTEMS: ReadonlySet<number> = new Set([
  0x9fa0, // proc
  0x62656572, // sysfs
  0x64626720, // debugfs
  0x74726163, // tracefs
  0x27e0eb, // cgroup
  0x63677270, // cgroup2
  0x1cd1, // devpts
  0x73636673, // securityfs
  0x62656570, // configfs
  0xcafe4a11, // bpf
]);
/** A file system that a user's program serves: any read may take as long as that program likes. */
const FUSE_FILE_SYSTEM = 0x65735546;

/**
 * A network share (on Windows, asking for it sends the host our credentials) or a URL: never to be touched.
 */
export function isRemotePath(path: string): boolean {
  return (
    path.startsWith('\\\\') || /^\/\/(?!\/)[^/]+\//.test(path) || /^[A-Za-z][A-Za-z0-9+.-]+:\/\//.test(path)
  );
}

/** To be asked for a path before it is touched, and again for its real path, links resolved. */
export function refusePath(platform: Platform, path: string): 'system-path' | null {
  return platform.isSystemPath(path) ? 'system-path' : null;
}

/**
 * Why a file must not be opened, by the statfs(2) type of its file system; null if it may be.
 * @param isAskedFor the user asked for this file or its folder, and so accepts that it may be slow
 */
export function refuseFileSystem(
  type: number,
  isAskedFor: boolean,
): 'system-path' | 'user-file-system' | null {
  if (SYSTEM_FILE_SYSTEMS.has(type)) return 'system-path';
  return type === FUSE_FILE_SYSTEM && !isAskedFor ? 'user-file-system' : null;
}
