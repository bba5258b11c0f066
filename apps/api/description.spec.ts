import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { validateRequest } from '#platform/requests';
import { investigationCommandNames } from '#contexts/investigations';
import { nominalCommandNames } from '#contexts/nominals';
import { dataSubjectCommandNames } from '#contexts/oversight';
import { Bench } from './api.fixtures';
import { examples } from './examples';
import { investigationRoutes } from './investigation.routes';
import { investigationAccessRoutes, operationAccessRoutes } from './access.routes';
import { personRoutes } from './person.routes';
import { rightsRoutes } from './rights.routes';

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: { readonly $ref: string }; readonly examples: object }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>>;
}

const accessRoutes = [...investigationAccessRoutes, ...operationAccessRoutes];

describe('the description of the API', () => {
  let bench: Bench;
  let document: OpenAPIObject;
  beforeAll(async () => {
    bench = await Bench.open();
    const { status, body } = await bench.get('/api/openapi.json');
    expect(status).toBe(200);
    document = body as OpenAPIObject;
  }, 60_000);
  afterAll(() => bench.close());

  const operations = (): [string, Operation][] => Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as [string, Operation]));

  it('names every route under /api/v1 and nothing that is not there', () => {
    const fastify = bench.app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
    for (const [route] of operations()) {
      const [method, path] = route.split(' ') as ['GET' | 'POST', string];
      expect({ route, found: fastify.hasRoute({ method, url: path.replace(/\{(\w+)\}/g, ':$1') }) }).toEqual({ route, found: true });
    }
    const printed = fastify.printRoutes({ commonPrefix: false });
    const count = (word: string): number => printed.split(word).length - 1;
    expect(operations().filter(([route]) => route.startsWith('POST /api/')).length).toBe([...investigationRoutes, ...personRoutes, ...rightsRoutes, ...accessRoutes].length);
    expect(count('POST')).toBeGreaterThanOrEqual(operations().filter(([route]) => route.startsWith('POST /api/')).length);
  });

  it('has one route for every command that a person can send', () => {
    const named = [...investigationRoutes, ...personRoutes, ...rightsRoutes].map(({ name }) => name).sort();
    expect(named).toEqual([...investigationCommandNames, ...nominalCommandNames, ...dataSubjectCommandNames].sort());
    expect(operations().map(([, { operationId }]) => operationId)).toEqual(expect.arrayContaining([...named, ...accessRoutes.map(({ name }) => name)]));
  });

  it('names no operation twice, and says what each is for', () => {
    const ids = operations().map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [route, { summary }] of operations()) expect({ route, summary }).toEqual({ route, summary: expect.stringMatching(/\w/) });
  });

  it('gives every command a body with an example, its answer and its problems', () => {
    for (const [, { requestBody, responses }] of operations().filter(([route]) => route.startsWith('POST'))) {
      const json = requestBody!.content['application/json']!;
      expect(json).toMatchObject({ schema: { $ref: expect.any(String) }, examples: { example: { value: expect.any(Object) } } });
      expect(responses['201'] ?? responses['200']).toMatchObject({ content: { 'application/json': { schema: { $ref: '#/components/schemas/CommandAnswer' } } } });
      for (const status of ['400', '404', '409', '412', '413', '415', '422', '503'])
        expect(responses[status]).toMatchObject({ content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemBody' } } } });
    }
  });

  it('refers only to schemas that it holds, each with described fields', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(([, reference]) => reference!);
    expect(references.length).toBeGreaterThan(50);
    const held = (reference: string): unknown => reference.split('/').slice(1).reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], document);
    for (const reference of new Set(references)) expect({ reference, schema: held(reference) }).toEqual({ reference, schema: expect.objectContaining({ type: 'object', properties: expect.any(Object) }) });
  });

  it('describes what a list in a body holds', () => {
    const itemsOf = (schema: string, field: string): unknown => (document.components!.schemas![schema] as { properties: Record<string, { items: unknown }> }).properties[field]!.items;
    expect(itemsOf('OpenInvestigationRequest', 'crimes')).toEqual({ $ref: '#/components/schemas/CrimeRequest' });
    for (const schema of ['ChargeSuspectRequest', 'RequisitionSuspectRequest']) expect(itemsOf(schema, 'charges')).toEqual({ $ref: '#/components/schemas/ChargeLineRequest' });
  });

  it.each([...investigationRoutes, ...personRoutes, ...rightsRoutes, ...accessRoutes].map(({ name, request, path }) => [name, request, path] as const))('has an example of %s that its request class takes', (name, request, path) => {
    const inAddress = path.includes(':linkId') ? { linkId: 'b1000000-0000-4000-8000-000000000001' } : {};
    expect(validateRequest(request as new () => object, { ...examples[name], ...inAddress })).toBeInstanceOf(request);
  });
});
