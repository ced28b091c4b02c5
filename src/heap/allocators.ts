/** The allocators by memray's numbers; what they are called in every text of this program. */
export const ALLOCATORS: readonly string[] = [
  '',
  'pymalloc_free',
  'pymalloc_malloc',
  'pymalloc_calloc',
  'pymalloc_realloc',
  'free',
  'malloc',
  'realloc',
  'calloc',
  'posix_memalign',
  'aligned_alloc',
  'memalign',
  'valloc',
  'pvalloc',
  'mmap',
  'munmap',
];
