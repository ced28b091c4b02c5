import type {Verdict} from '../budget.js';
import {describeVerdict} from './table.js';

/**
 * The failed budgets as commands that GitHub's runners understand: they show them on the page of the run. Escaped as
 * `@actions/core` does: %, line breaks, and in properties : and , as well.
 */
export function* formatAnnotations(verdicts: readonly Verdict[]): Generator<string> {
  for (const verdict of verdicts) {
    if (verdict.isPassed) continue;
    const {name, why} = verdict.budget;
    const message = describeVerdict(verdict);
    yield `::error title=${escapeProperty(name)}::${escapeData(why === '' ? message : `${message}. ${why}`)}`;
  }
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
