import {formatMoment} from '../../heap/moment.js';
import {getStepKind, type Step} from '../steps/steps.js';
import {DEFAULT_QUERY, isAroundTerm, type Shape, type TreeQuery} from '../tree-query.js';
import {formatMarks, formatMomentRange} from './moment.js';
import {formatTerm} from './term.js';

/** A query as written steps. Joined by blanks and parsed again they make an equal query. */
export function listWrittenSteps(query: TreeQuery): readonly string[] {
  const {select, steps, by, shape, sort, isReversed, diff, isNormalized, biggest} = query;
  return [
    ...(select.kind === DEFAULT_QUERY.select.kind ? [] : [formatSelect(select)]),
    ...steps.map(formatStep),
    ...(by === DEFAULT_QUERY.by ? [] : [`by:${by}`]),
    ...(shape.kind === DEFAULT_QUERY.shape.kind ? [] : [formatShape(shape)]),
    ...(sort === DEFAULT_QUERY.sort ? [] : [`sort:${sort}`]),
    ...(isReversed ? ['reverse'] : []),
    ...(diff === DEFAULT_QUERY.diff ? [] : [`diff:${diff}`]),
    ...(isNormalized ? ['normalize'] : []),
    ...(biggest === null ? [] : [biggest === Infinity ? 'all' : `biggest:${biggest}`]),
  ];
}

export function formatQuery(query: TreeQuery): string {
  return listWrittenSteps(query).join(' ');
}

export function formatStep(step: Step): string {
  const value = getStepKind(step).formatValue(step);
  return value === null ? step.kind : `${step.kind}:${value}`;
}

export function formatSelect(select: TreeQuery['select']): string {
  switch (select.kind) {
    case 'temporary':
      return `temporary:${select.threshold}`;
    case 'moment':
      return `at:${formatMoment(select.at)}`;
    case 'range':
      return `${select.of}:${formatMomentRange(select.from, select.to)}`;
    case 'generations':
      return `gen:${formatMarks(select.marks)}`;
    default:
      return select.kind;
  }
}

export function formatShape(shape: Shape): string {
  if (!isAroundTerm(shape)) return shape.kind;
  return `${shape.kind}:${formatTerm(shape.term, shape.kind === 'lines' ? 'file' : 'any')}`;
}
