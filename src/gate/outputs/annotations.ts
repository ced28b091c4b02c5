import {sanitize} from '../../format/sanitize.js';
import type {Verdict} from '../budget.js';
import {describeVerdict} from './sentence.js';
import {describeMissing} from './table.js';

/**
 * The failed budgets as commands that GitHub's runners understand: they show them on the page of the run. What could not
 * be read is one annotation for all budgets. Escaped as `@actions/core` does: %, line breaks, and in properties : and , as
 * well.
 */
export function* formatAnnotations(verdicts: readonly Verdict[]): Generator<string> {
  for (const verdict of verdicts) {
    if (verdict.outcome !== 'failed') continue;
    const {name, why} = verdict.budget;
    const message = describeVerdict(verdict);
    yield formatError(name, why === '' ? message : `${message}. ${why}`);
  }
  const missing = new Set(verdicts.map(verdict => verdict.missing));
  for (const text of missing)
    if (text !== null) yield formatError('Incomplete capture', describeMissing(text));
}

function formatError(title: string, message: string): string {
  return `::error title=${escapeProperty(title)}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  const lines = text.split(/\r?\n/).map(line => `${sanitize(line)}`.replaceAll('%', '%25'));
  return lines.join('%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
