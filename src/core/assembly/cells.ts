// What the history keeps of a part of the run (history.ts).

@unmanaged
export class Cell {
  /** Allocation records up to its end, and up to its highest moment. */
  records: u64;
  highRecords: u64;
  bytes: u64;
  highBytes: u64;
  /** Where its part of the log ends. */
  logEnd: u32;
}

/** A location that has changed since the present cell began, with what it held then and at the highest moment since. */
@unmanaged
export class Changed {
  bytes: u64;
  highBytes: u64;
  count: u32;
  highCount: u32;
  location: u32;
}
