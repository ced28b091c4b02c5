import {existsSync, readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {BUGS, plant} from '../../scripts/planted/bugs.js';
import {projectRoot} from '../helpers/terminal.js';

describe('planted bugs', () => {
  it.each(BUGS)('$name: its file holds the text, and its tests exist', bug => {
    const text = readFileSync(`${projectRoot}${bug.file}`, 'utf8');
    expect(plant(text, bug)).not.toBe(text);
    expect(bug.tests.filter(test => !existsSync(`${projectRoot}__tests__/${test}`))).toEqual([]);
  });
});
