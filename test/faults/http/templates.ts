import type { OpenAPIObject } from '@nestjs/swagger';
import { request } from './mutations';
import type { Template } from './mutations';
import type { Wire } from './wire';

interface Schema {
  readonly required?: readonly string[];
  readonly properties?: Template['properties'];
}

/** Ids of records that exist, for the parameters of addresses. */
export interface Records {
  readonly investigation: string;
  readonly link: string;
  readonly person: string;
}

const filled = (path: string, { investigation, link, person }: Records): string =>
  path.replace(/\{(id|ref)\}/, path.includes('/people/') ? person : investigation).replace('{linkId}', link);

const schemaOf = (document: OpenAPIObject, reference: string): Schema => document.components!.schemas![reference.split('/').at(-1)!] as Schema;

/** Every route that the API's own description names, with the example it gives. */
export const templatesOf = (document: OpenAPIObject, records: Records): Template[] => Object.entries(document.paths).flatMap(([path, item]) => {
  const address = filled(path, records);
  const reading: Template[] = item.get ? [{ method: 'GET', path: address, body: {}, required: [], properties: {} }] : [];
  const content = (item.post?.requestBody as { content: Record<string, { schema: { $ref: string }; examples: { example: { value: Record<string, unknown> } } }> } | undefined)?.content;
  const json = content?.['application/json'];
  if (!json) return reading;
  const { required = [], properties = {} } = schemaOf(document, json.schema.$ref);
  return [...reading, { method: 'POST', path: address, body: json.examples.example.value, required, properties }];
});

const made = async (wire: Wire, path: string, body: object): Promise<string> => {
  const status = await wire.send(request('POST', path, JSON.stringify(body)));
  if (status !== 201) throw new Error(`${path} answered ${status}: ${wire.body}`);
  return (JSON.parse(wire.body) as { id: string }).id;
};

/** Records one investigation with a suspect, so that addresses have something to name. */
export const prepare = async (wire: Wire): Promise<Records> => {
  const person = await made(wire, '/api/v1/people', {
    familyName: 'Example', sex: '0', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_KNOWN', nationality: 'NOT_ASKED',
  });
  const investigation = await made(wire, '/api/v1/investigations', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'] });
  const link = await made(wire, `/api/v1/investigations/${investigation}/suspects`, { quality: 'NAMED', nominalId: person });
  return { investigation, link, person };
};
