import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fromRoot } from '#platform/settings';
import { containersOf, manifests, podsOf } from './manifests';
import type { Manifest } from './manifests';

type Validated = new (data: object) => { validate(): void };

/** Core kinds stand under the bare version. */
const moduleOf = ({ apiVersion }: Manifest): string => `kubernetes-models/${apiVersion}`;
const modelOf = async (manifest: Manifest): Promise<Validated> => ((await import(moduleOf(manifest))) as Record<string, Validated>)[manifest.kind]!;

const faultsOf = async (manifest: Manifest): Promise<string> => {
  try {
    new (await modelOf(manifest))(manifest).validate();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

/** A server ignores a field that it does not know, so a misspelt one does nothing: the compiler refuses what the type does not have. */
const misspelt = (all: readonly Manifest[]): string => {
  const folder = fromRoot('test-results');
  const file = path.join(folder, 'manifests.check.ts');
  const lines = all.map((manifest) => `({ ${JSON.stringify(manifest).slice(1, -1)} }) satisfies import(${JSON.stringify(moduleOf(manifest))}).I${manifest.kind};`);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(file, `${lines.join('\n')}\nexport {};\n`);
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'node16', '--moduleResolution', 'node16', '--types', '', '--ignoreConfig'];
  const { status, stdout } = spawnSync(process.execPath, [fromRoot('node_modules', 'typescript-native', 'bin', 'tsc'), ...options, file], { encoding: 'utf8' });
  return status === 0 ? '' : stdout;
};

const all = manifests();
const pods = all.flatMap((one) => podsOf(one).map((pod) => ({ name: `${one.manifest.kind} ${one.manifest.metadata.name}`, pod })));

describe('the manifests for Kubernetes', () => {
  it.each(all.map(({ file, manifest }) => [`${manifest.kind} ${manifest.metadata.name}`, file, manifest] as const))('fit the schema of their kind: %s in %s', async (_, __, manifest) =>
    expect(await faultsOf(manifest)).toBe(''));

  it('are refused by that schema where they do not fit', async () => {
    const broken = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'x' }, spec: { replicas: '3' } } as unknown as Manifest;
    expect(await faultsOf(broken)).toContain('replicas must be integer');
  });

  it('have no field that their kind does not know', () => {
    expect(misspelt(all.map(({ manifest }) => manifest))).toBe('');
    expect(misspelt([{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: { selektor: { a: 'b' } } } as unknown as Manifest])).toContain('selektor');
  });

  it('are all of one namespace', () =>
    expect(all.filter(({ manifest: { kind, metadata } }) => kind !== 'Namespace' && metadata.namespace !== 'daybook').map(({ manifest }) => manifest.metadata.name)).toEqual([]));

  it.each(pods)('make pods that the restricted standard lets in, that change nothing of their image and have a limit: $name', ({ pod }) => {
    expect(pod).toMatchObject({ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } });
    for (const container of containersOf(pod)) {
      expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
      expect(container.resources?.limits?.memory).toMatch(/^\d+[MG]i$/);
      expect(container.image).toMatch(/:[\w.-]*\d[\w.-]*$/);
    }
  });

  it.each(pods)('mount what the pod has: $name', ({ pod }) => {
    const claimed = ['own', 'log', 'jobs', 'state'];
    const mounted = containersOf(pod).flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name));
    const there = [...(pod.volumes ?? []).map(({ name }) => name), ...claimed];
    expect(mounted.filter((name) => !there.includes(name))).toEqual([]);
  });

  it('hold no secret, and every one that they name is made in the README', () => {
    expect(all.filter(({ manifest }) => manifest.kind === 'Secret')).toEqual([]);
    const text = JSON.stringify(all.map(({ manifest }) => manifest));
    const named = new Set([...text.matchAll(/"(?:secretName|secretKeyRef)":(?:\{"name":)?"([^"]+)"/g)].map(([, name]) => name!));
    const readme = fs.readFileSync(fromRoot('infra', 'kubernetes', 'README.md'), 'utf8');
    expect(named.size).toBeGreaterThan(5);
    expect([...named].filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});
