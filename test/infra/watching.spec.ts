import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { fromRoot } from '#platform/settings';
import { Metrics } from '#platform/telemetry';

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly expr: string; readonly refId: string }[];
}
interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
}
interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}

const folder = fromRoot('infra', 'dashboards');
const dashboards = fs.readdirSync(folder).map((name): readonly [string, Dashboard] => [name, JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')) as Dashboard]);
const { groups } = parse(fs.readFileSync(fromRoot('infra', 'alerts.yml'), 'utf8')) as { readonly groups: readonly { readonly name: string; readonly rules: readonly Alert[] }[] };
const alerts = groups.flatMap(({ rules }) => rules);
const operations = fs.readFileSync(fromRoot('docs', 'operations.md'), 'utf8');
/** What the runbook has lines for. */
const rows = [...operations.matchAll(/^\| `(Daybook\w+)` \|/gm)].map(([, name]) => name!);

const metrics = new Metrics();
const exported = new Map(Object.values(metrics.families).map((family) => family as unknown as { readonly name: string; readonly labelNames: readonly string[] }).map((family) => [family.name, family]));
const known = new Set(metrics.names);

/** Series that an expression asks for. `up` is Prometheus's own. */
const asked = (expr: string): readonly string[] => expr.match(/\b(?:daybook|nodejs|process)_\w+/g) ?? [];

/** The metric behind a series: a histogram has three. */
const metricOf = (series: string): string => (known.has(series) ? series : series.replace(/_(bucket|sum|count)$/, ''));

/** Labels that an expression chooses, groups or shows by, next to those that Prometheus adds. */
const labelsIn = (expr: string): readonly string[] => [
  ...[...expr.matchAll(/\{([^}]*)\}/g)].flatMap(([, inner]) => [...inner!.matchAll(/(\w+)\s*(?:=~|!=|!~|=)/g)].map(([, label]) => label!)),
  ...[...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, inner]) => inner!.split(',').map((label) => label.trim())),
].filter((label) => !['instance', 'job', 'le'].includes(label));

const labelsOf = (expr: string): ReadonlySet<string> => new Set([...asked(expr).flatMap((series) => exported.get(metricOf(series))?.labelNames ?? (metricOf(series) === 'nodejs_gc_duration_seconds' ? ['kind'] : []))]);

const unknownIn = (expr: string): readonly string[] => [
  ...asked(expr).filter((series) => !known.has(metricOf(series))),
  ...labelsIn(expr).filter((label) => !labelsOf(expr).has(label)).map((label) => `label ${label}`),
];

describe('dashboards', () => {
  it('are five, each under an id of its own', () => {
    expect(dashboards.map(([name]) => name).sort()).toEqual(['dependences.json', 'jobs.json', 'overview.json', 'read-models.json', 'write-path.json']);
    expect(new Set(dashboards.map(([, { uid }]) => uid)).size).toBe(dashboards.length);
  });

  it.each(dashboards)('%s asks for series and labels that the program has', (_, { panels }) => {
    expect(panels.flatMap(({ title, targets }) => targets.flatMap(({ expr }) => unknownIn(expr).map((unknown) => `${title}: ${unknown}`)))).toEqual([]);
    expect(panels.filter(({ targets }) => targets.every(({ expr }) => asked(expr).length === 0))).toEqual([]);
  });

  it.each(dashboards)('%s lays no panel over another, and none past the edge', (_, { panels }) => {
    const over = panels.flatMap((a, i) => panels.slice(i + 1).filter((b) =>
      a.gridPos.x < b.gridPos.x + b.gridPos.w && b.gridPos.x < a.gridPos.x + a.gridPos.w && a.gridPos.y < b.gridPos.y + b.gridPos.h && b.gridPos.y < a.gridPos.y + a.gridPos.h));
    expect(over).toEqual([]);
    expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  it('show every metric that the program has', () => {
    const shown = new Set(dashboards.flatMap(([, { panels }]) => panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => asked(expr).map(metricOf)))));
    expect([...exported.keys()].filter((name) => !shown.has(name))).toEqual([]);
  });
});

describe('alerts', () => {
  it.each(alerts.map((alert): readonly [string, Alert] => [alert.alert, alert]))('%s asks for series that the program has, and has lines that say what to do', (name, { expr, labels, annotations }) => {
    expect(unknownIn(expr)).toEqual([]);
    expect(['page', 'ticket']).toContain(labels.severity);
    expect(annotations.runbook).toBe('docs/operations.md#what-wakes-somebody');
    expect(rows.filter((row) => row === name)).toHaveLength(1);
    expect([...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label!).filter((label) => !labelsOf(expr).has(label))).toEqual([]);
  });

  it('have one name each, and no runbook is left of one that went', () => {
    const names = alerts.map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
    expect([...rows].sort()).toEqual([...names].sort());
    expect(operations).toContain('\n### What wakes somebody\n');
  });
});
