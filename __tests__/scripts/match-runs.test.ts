import {describe, expect, it} from 'vitest';
import {matchRuns, type ReportNode} from '../../scripts/noise/match-runs.js';

function node(name: string, bytes: number, children: readonly ReportNode[] = []): ReportNode {
  return {function: name, file: 'app.py', bytes, children};
}

describe('matchRuns', () => {
  it('matches nodes by their path, and adds up equal siblings', () => {
    const first = node('root', 9, [node('a', 4, [node('b', 3)]), node('a', 5)]);
    const second = node('root', 7, [node('b', 1), node('a', 6, [node('b', 2)])]);
    const {depth, parent, names, bytes} = matchRuns([first, second]);
    const lines = names.map(
      (name, index) => `${name} ${depth[index]} ${names[parent[index]!]} ${[...bytes[index]!]}`,
    );
    expect(lines.toSorted()).toEqual(['a 1 root 9,6', 'b 1 root 0,1', 'b 2 a 3,2', 'root 0 undefined 9,7']);
  });

  it('distinguishes functions of the same name by their files', () => {
    const child = {...node('a', 1), file: 'other.py'};
    expect(matchRuns([node('root', 2, [node('a', 1), child])]).depth).toEqual([0, 1, 1]);
  });
});
