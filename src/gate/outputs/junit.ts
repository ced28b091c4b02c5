import {replaceControls} from '../../format/xml.js';
import {countOutcomes, type Verdict} from '../budget.js';
import {describeVerdict} from './sentence.js';

/**
 * The verdicts as a test report of JUnit: a test for each budget. It keeps to the schema of Ant's reports, which asks for
 * a time and a host; a capture has neither, so the time is that of its start and the host is called "localhost".
 * @param name of the capture
 * @param startTimeMs since the epoch
 */
export function formatJunit(verdicts: readonly Verdict[], name: string, startTimeMs: number): string {
  const timestamp = new Date(startTimeMs).toISOString().slice(0, '2026-01-01T00:00:00'.length);
  const suite = [
    ['name', name],
    ['package', 'memray-tree-ink'],
    ['id', '0'],
    ['timestamp', timestamp],
    ['hostname', 'localhost'],
    ['tests', String(verdicts.length)],
    ['failures', String(countOutcomes(verdicts, 'failed'))],
    ['errors', String(countOutcomes(verdicts, 'incomplete'))],
    ['time', '0'],
  ] as const;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite ${formatAttributes(suite)}>`,
    '    <properties/>',
    ...verdicts.map(verdict => formatCase(verdict, name)),
    formatOutput(verdicts),
    '    <system-err/>',
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** The schema has no other place for what a test that passed has to say. */
function formatOutput(verdicts: readonly Verdict[]): string {
  const lines = verdicts.flatMap(verdict => {
    const {budget, unmatched, outcome} = verdict;
    const passed = outcome === 'passed' ? [describeVerdict(verdict)] : [];
    return [...passed, ...unmatched.map(step => `${step} matches nothing`)].map(
      text => `${budget.name}: ${text}`,
    );
  });
  return lines.length === 0
    ? '    <system-out/>'
    : `    <system-out>${escapeXml(lines.join('\n'))}</system-out>`;
}

function formatCase(verdict: Verdict, capture: string): string {
  const {name, view} = verdict.budget;
  const test = formatAttributes([
    ['name', name],
    ['classname', `${capture}: ${view === '' ? 'peak' : view}`],
    ['time', '0'],
  ]);
  const problem = formatProblem(verdict);
  return `    <testcase ${test}${problem === '' ? '/>' : `>${problem}</testcase>`}`;
}

function formatProblem(verdict: Verdict): string {
  if (verdict.reason !== null) return formatElement('error', 'capture', verdict.reason, '');
  return verdict.outcome === 'passed'
    ? ''
    : formatElement('failure', 'budget', describeVerdict(verdict), verdict.budget.why);
}

function formatElement(name: 'error' | 'failure', type: string, message: string, why: string): string {
  const attributes = formatAttributes([
    ['type', type],
    ['message', message],
  ]);
  return `<${name} ${attributes}>${escapeXml(why === '' ? message : `${message}\n${why}`)}</${name}>`;
}

function formatAttributes(attributes: readonly (readonly [string, string])[]): string {
  return attributes.map(([name, value]) => `${name}="${escapeXml(value)}"`).join(' ');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};

function escapeXml(text: string): string {
  return replaceControls(text).replaceAll(/[&<>"\n\t]/g, character => ENTITIES[character]!);
}
