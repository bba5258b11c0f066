import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { CedarValueJson, DetailedError, EntityJson } from '@cedar-policy/cedar-wasm/nodejs';

// Node.js 20 ends itself ("unreachable code" in the deoptimiser) when optimised code that has a call into WebAssembly built in is given up during
// that call, and the call answers with a reference, as Cedar's do. It came within a few hundred requests; calls that are not built in are safe.
setFlagsFromString('--no-turbo-inline-js-wasm-calls');

/** A thing of the schema, by its type and id. */
export interface Named {
  readonly type: string;
  readonly id: string;
}

/** What a decision rests on. */
export interface Question {
  readonly principal: Named;
  readonly action: string;
  readonly resource: Named;
  readonly context?: Readonly<Record<string, CedarValueJson>>;
  readonly entities: readonly EntityJson[];
}

export type Entity = EntityJson;

/** A text of policies and where it came from, for errors. */
export interface PolicyText {
  readonly name: string;
  readonly text: string;
}

/** The policies or their schema cannot be used, or a question does not fit them. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  constructor(readonly policy: string, problem: string) {
    super(`${policy}: ${problem}`);
  }
}

const said = (errors: readonly DetailedError[]): string => errors.map(({ message, help }) => (help ? `${message} (${help})` : message)).join('; ');

/** The policies of one text by their `@id`. */
const byId = ({ name, text }: PolicyText): [string, string][] => {
  const parts = cedar.policySetTextToParts(text);
  if (parts.type === 'failure') throw new PolicyError(name, said(parts.errors));
  return parts.policies.map((policy) => {
    const read = cedar.policyToJson(policy);
    const id = read.type === 'success' ? read.json.annotations?.id : undefined;
    if (!id) throw new PolicyError(name, `a policy has no @id: ${policy.slice(0, 80)}`);
    return [id, policy];
  });
};

const checkedSet = (texts: readonly PolicyText[], schema: string): Record<string, string> => {
  const policies: Record<string, string> = {};
  for (const [id, policy] of texts.flatMap(byId)) {
    if (policies[id] !== undefined) throw new PolicyError(id, 'stands twice');
    policies[id] = policy;
  }
  const checked = cedar.validate({ schema, policies: { staticPolicies: policies } });
  if (checked.type === 'failure') throw new PolicyError('policies', said(checked.errors));
  const [wrong] = [...checked.validationErrors, ...checked.validationWarnings];
  if (wrong) throw new PolicyError(wrong.policyId, said([wrong.error]));
  return policies;
};

/**
 * Decides by policies written in Cedar. They are checked against their schema when they are loaded, and so is every question.
 * Decisions that rest on the same facts can be remembered under a key.
 */
export class Policies {
  /** SHA-256 over schema and policies, hex: says on pages and records by which text something was decided. */
  readonly digest: string;
  private readonly remembered = new Map<string, boolean>();

  /** @throws PolicyError naming the policy that does not fit the schema */
  constructor(schema: PolicyText, texts: readonly PolicyText[]) {
    this.digest = createHash('sha256').update(JSON.stringify([schema.text, ...texts.map(({ text }) => text)])).digest('hex');
    const parsed = cedar.preparseSchema(this.digest, schema.text);
    if (parsed.type === 'failure') throw new PolicyError(schema.name, said(parsed.errors));
    const kept = cedar.preparsePolicySet(this.digest, { staticPolicies: checkedSet(texts, schema.text) });
    if (kept.type === 'failure') throw new PolicyError('policies', said(kept.errors));
  }

  /**
   * @param key names the facts that the decision rests on: asked again under the same key, the same decision is given without asking
   * @throws PolicyError when the question does not fit the schema
   */
  permits(question: () => Question, key?: string): boolean {
    if (key === undefined) return this.decide(question());
    const known = this.remembered.get(key);
    if (known !== undefined) return known;
    const decision = this.decide(question());
    this.remembered.set(key, decision);
    return decision;
  }

  private decide({ principal, action, resource, context = {}, entities }: Question): boolean {
    const answer = cedar.statefulIsAuthorized({
      principal: { ...principal }, action: { type: 'Action', id: action }, resource: { ...resource }, context: { ...context }, entities: [...entities],
      preparsedSchemaName: this.digest, preparsedPolicySetId: this.digest, validateRequest: true,
    });
    if (answer.type === 'failure') throw new PolicyError(action, said(answer.errors));
    const [failed] = answer.response.diagnostics.errors;
    if (failed) throw new PolicyError(failed.policyId, said([failed.error]));
    return answer.response.decision === 'allow';
  }
}
