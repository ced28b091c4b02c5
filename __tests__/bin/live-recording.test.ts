import {describe, expect, test} from 'vitest';
import {LiveRecording, type SaveTarget} from '../../bin/live-recording.js';
import type {Output} from '../../bin/output-file.js';
import {OutputError} from '../../bin/write-failure.js';

type Step = 'open' | 'write' | 'finish';

/** A file in memory, and what has become of it; one of its steps may fail. */
function createFile(path = 'run.bin', failing: Step | null = null) {
  const file = {path, written: [] as number[], end: null as 'finished' | 'discarded' | null};
  const attempt = (step: Step): void => {
    if (step === failing) throw new OutputError('cannot be written: no space left on the device (ENOSPC)');
  };
  const output: Output = {
    async write(data) {
      attempt('write');
      file.written.push(...(data as Uint8Array));
    },
    async finish() {
      attempt('finish');
      file.end = 'finished';
    },
    async discard() {
      file.end = 'discarded';
    },
  };
  const target: SaveTarget = {
    path,
    async open() {
      attempt('open');
      return output;
    },
  };
  return {file, target};
}

const bytes = (...values: number[]) => Uint8Array.from(values);

async function begin(target: SaveTarget | null, maxKeptBytes?: number) {
  const recording = new LiveRecording({target, ...(maxKeptBytes !== undefined && {maxKeptBytes})});
  await recording.begin();
  return recording;
}

describe('with a file from the start', () => {
  test('bytes are written as they come, and the file is complete at the end', async () => {
    const {file, target} = createFile();
    const recording = await begin(target);
    expect(recording.state).toEqual({kind: 'saving', path: 'run.bin', failure: null});
    await recording.add(bytes(1, 2));
    expect(file).toMatchObject({written: [1, 2], end: null});
    await recording.add(bytes(3));
    await recording.end();
    expect(file).toMatchObject({written: [1, 2, 3], end: 'finished'});
    expect(recording.state).toEqual({kind: 'saved', path: 'run.bin', failure: null});
  });

  test('a second end, and a second beginning before anything came, change nothing', async () => {
    const {file, target} = createFile();
    const recording = await begin(target);
    await recording.begin();
    await recording.add(bytes(1));
    await recording.end();
    await recording.end();
    expect(file).toMatchObject({written: [1], end: 'finished'});
    expect(recording.state.kind).toBe('saved');
  });

  test('there is no file where nothing came', async () => {
    const {file, target} = createFile();
    const recording = await begin(target);
    await recording.end();
    expect(file.end).toBe('discarded');
  });

  test('there is no file of what is no recording', async () => {
    const {file, target} = createFile();
    const recording = await begin(target);
    await recording.add(bytes(1));
    recording.noteEnd({type: 'failed', code: 'not-a-capture', message: 'is not a memray capture'});
    await recording.end();
    expect(file.end).toBe('discarded');
  });

  test('there is one of a recording that this program cannot read', async () => {
    const {file, target} = createFile();
    const recording = await begin(target);
    await recording.add(bytes(1));
    recording.noteEnd({type: 'failed', code: 'too-new', message: 'is newer'});
    await recording.end();
    expect(file.end).toBe('finished');
  });

  test.each<Step>(['open', 'write', 'finish'])(
    'a failure to %s it is said, and leaves no file',
    async step => {
      const {file, target} = createFile('run.bin', step);
      const recording = await begin(target);
      await recording.add(bytes(1));
      await recording.add(bytes(2));
      await recording.end();
      const failure = 'cannot be written: no space left on the device (ENOSPC)';
      expect(recording.state).toEqual({kind: 'lost', path: 'run.bin', failure});
      expect(file.end).toBe(step === 'open' ? null : 'discarded');
    },
  );
});

describe('without a file', () => {
  test('what came before it is saved is in the file as well', async () => {
    const {file, target} = createFile();
    const recording = await begin(null);
    void recording.add(bytes(1, 2));
    void recording.saveTo(target);
    void recording.add(bytes(3));
    await recording.end();
    expect(file).toMatchObject({written: [1, 2, 3], end: 'finished'});
    expect(recording.state).toEqual({kind: 'saved', path: 'run.bin', failure: null});
  });

  test('it can be saved after its end', async () => {
    const {file, target} = createFile();
    const recording = await begin(null);
    await recording.add(bytes(1, 2));
    await recording.end();
    expect(recording.state.kind).toBe('unsaved');
    await recording.saveTo(target);
    expect(file).toMatchObject({written: [1, 2], end: 'finished'});
  });

  test('where one file fails, another one may be taken', async () => {
    const recording = await begin(null);
    await recording.add(bytes(1, 2));
    await recording.saveTo(createFile('full.bin', 'write').target);
    expect(recording.state).toMatchObject({kind: 'unsaved', path: 'full.bin', failure: expect.any(String)});
    const {file, target} = createFile();
    await recording.saveTo(target);
    await recording.end();
    expect(file).toMatchObject({written: [1, 2], end: 'finished'});
    expect(recording.state).toEqual({kind: 'saved', path: 'run.bin', failure: null});
  });

  test('more than the limit cannot be saved any more', async () => {
    const recording = await begin(null, 3);
    await recording.add(bytes(1, 2, 3));
    expect(recording.state.kind).toBe('unsaved');
    await recording.add(bytes(4));
    expect(recording.state).toEqual({kind: 'lost', path: null, failure: null});
    const {file, target} = createFile();
    await recording.saveTo(target);
    await recording.end();
    expect(file).toMatchObject({written: [], end: null});
  });

  test('the next run is another one', async () => {
    const recording = await begin(null, 3);
    await recording.add(bytes(1, 2, 3, 4));
    await recording.begin();
    await recording.add(bytes(5));
    const {file, target} = createFile();
    await recording.saveTo(target);
    await recording.end();
    expect(file).toMatchObject({written: [5], end: 'finished'});
  });
});
