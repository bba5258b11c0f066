import { readFileSync } from 'node:fs';
import { Policies } from '#platform/access';
import type { PolicyText } from '#platform/access';
import { fromRoot } from '#platform/settings';

const textOf = (name: string): PolicyText => ({ name, text: readFileSync(fromRoot('libs', 'contexts', 'oversight', 'policies', name), 'utf8') });

/**
 * Who may do what, from the texts that an auditor reads: `libs/contexts/oversight/policies`.
 * @throws PolicyError naming the policy that does not fit the schema
 */
export const loadPolicies = (): Policies =>
  new Policies(textOf('daybook.cedarschema'), ['ledger.cedar', 'investigations.cedar', 'persons.cedar'].map(textOf));
