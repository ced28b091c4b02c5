import {exportGlobals} from './export-globals.js';

/** What of WebAssembly is used here; its types are in lib.dom only. */
interface WasmExports {
  readonly memory: {readonly buffer: ArrayBuffer};
  readonly [name: string]: unknown;
}

interface WasmApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => {readonly exports: WasmExports};
}

interface WasmGlobal {
  value: number | bigint;
}

/** Cores that have grown beyond it are not used again. */
const MAX_KEPT_BYTES = 8 * 2 ** 20;

/** A core, and what makes it new again. */
class RecycledCore {
  readonly exports: WasmExports;
  readonly #image: Uint8Array;
  readonly #globals: readonly (readonly [WasmGlobal, number | bigint])[];

  constructor(exports: WasmExports) {
    this.exports = exports;
    this.#image = new Uint8Array(exports.memory.buffer).slice();
    this.#globals = Object.entries(exports)
      .filter(([name]) => name.startsWith(GLOBAL_PREFIX))
      .map(([, value]) => [value as WasmGlobal, (value as WasmGlobal).value]);
  }

  get isKept(): boolean {
    return this.exports.memory.buffer.byteLength <= MAX_KEPT_BYTES;
  }

  /** What lies in memory stays: the core promises to expect nothing of memory that it takes. */
  reset(): void {
    new Uint8Array(this.exports.memory.buffer).set(this.#image);
    for (const [global, value] of this.#globals) global.value = value;
  }
}

const GLOBAL_PREFIX = 'global ';

/** Hands out cores that were used before, which takes a tenth of the time of making new ones. */
export interface CoreRecycler {
  /** All cores that were handed out are free for the next ones. */
  takeBack(): void;
  /** The next cores are new ones, as in the product. */
  forget(): void;
}

/** From now on each instance of a core of this thread comes from the recycler. */
export function recycleCores(): CoreRecycler {
  const scope = globalThis as unknown as {WebAssembly: WasmApi};
  const {Module, Instance} = scope.WebAssembly;
  const free = new Map<object, RecycledCore[]>();
  const lent: [object, RecycledCore][] = [];

  class PreparedModule {
    constructor(bytes: Uint8Array) {
      // biome-ignore lint/correctness/noConstructorReturn: it stands for a class of the engine
      return new Module(exportGlobals(bytes, GLOBAL_PREFIX));
    }
  }

  class RecycledInstance {
    readonly exports: WasmExports;

    constructor(module: object, imports: object) {
      const former = free.get(module)?.pop();
      if (former !== undefined) former.reset();
      const core = former ?? new RecycledCore(new Instance(module, imports).exports);
      lent.push([module, core]);
      this.exports = core.exports;
    }
  }

  scope.WebAssembly = {Module: PreparedModule, Instance: RecycledInstance};
  return {
    takeBack() {
      for (const [module, core] of lent.splice(0)) {
        if (!core.isKept) continue;
        const cores = free.get(module);
        if (cores === undefined) free.set(module, [core]);
        else cores.push(core);
      }
    },
    forget() {
      free.clear();
    },
  };
}
