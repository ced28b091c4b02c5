import {sanitize} from '../../format/sanitize.js';
import {listReasons, type Verdict} from '../budget.js';
import {describeVerdict} from './sentence.js';

/**
 * The failed budgets as commands that GitHub's runners understand: they show them on the page of the run. What captures
 * lack is one annotation for all budgets, and a step that matches nothing is a notice. Escaped as `@actions/core` does: %, line breaks, and in properties : and , as
 * well.
 */
export function* formatAnnotations(verdicts: readonly Verdict[], capture: string): Generator<string> {
  for (const verdict of verdicts) {
    if (verdict.outcome !== 'failed') continue;
    const {name, why} = verdict.budget;
    const message = `${capture}: ${describeVerdict(verdict)}`;
    yield formatCommand('error', name, why === '' ? message : `${message}. ${why}`);
  }
  // These name the captures.
  for (const reason of listReasons(verdicts)) yield formatCommand('error', 'Incomplete capture', reason);
  for (const {budget, unmatched} of verdicts)
    for (const step of unmatched)
      yield formatCommand('notice', budget.name, `${capture}: ${step} matches nothing`);
}

function formatCommand(level: 'error' | 'notice', title: string, message: string): string {
  return `::${level} title=${escapeProperty(title)}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  const lines = text.split(/\r?\n/).map(line => `${sanitize(line)}`.replaceAll('%', '%25'));
  return lines.join('%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
