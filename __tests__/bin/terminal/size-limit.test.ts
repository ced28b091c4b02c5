import {EventEmitter} from 'node:events';
import {expect, test} from 'vitest';
import {limitSize} from '../../../bin/terminal/size-limit.js';

class FakeStream extends EventEmitter {
  columns = 80;
  rows = 65_535;
  /** As Node does it. */
  resize(columns: number, rows: number): void {
    Object.assign(this, {columns, rows});
    this.emit('resize');
  }
}

test('nobody sees more columns or rows than can be drawn', () => {
  const stream = new FakeStream();
  const seen: string[] = [];
  const note = () => seen.push(`${stream.columns} ${stream.rows}`);
  stream.on('resize', note);
  const stop = limitSize(stream);
  note();
  stream.resize(65_535, 3);
  stream.resize(3, 65_535);
  stream.resize(2000, 1000);
  stop();
  stream.resize(65_535, 65_535);
  expect(seen).toEqual(['80 1000', '2000 3', '3 1000', '2000 1000', '65535 65535']);
});
