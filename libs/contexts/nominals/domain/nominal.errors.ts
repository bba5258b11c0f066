import { DomainError } from '#kernel';

/** Every way in which a rule about a person's record says no. */
export type NominalRefusal =
  /** No such person has been registered. */
  | 'PERSON_UNKNOWN'
  /** The person was registered before, with other details. Local rule: put them right by a correction. */
  | 'PERSON_ALREADY_REGISTERED'
  /** The details are of another person than the record. Local rule. */
  | 'PERSON_DIFFERS'
  /** Not a code of the list, and no reason given why there is none (government response of June 2025 to the national audit on group-based child sexual exploitation: collected in every case). */
  | 'CODE_UNKNOWN'
  /** An alias is another name: it has at least one. Logic. */
  | 'ALIAS_NEEDS_NAME'
  /** The alias id stands for another alias. Local rule. */
  | 'ALIAS_ALREADY_RECORDED'
  /** The record holds no such entry. */
  | 'ENTRY_UNKNOWN'
  /** The entry was replaced by a correction: void that one. Local rule. */
  | 'ENTRY_REPLACED'
  /** The registration is corrected, never taken away. Local rule. */
  | 'REGISTRATION_CANNOT_BE_VOIDED'
  /** DPA 2018 s.46 and s.62: a change of the record says why. */
  | 'CORRECTION_NEEDS_REASON';

/** A rule about a person's record said no; nothing was written. */
export class NominalRefused extends DomainError<NominalRefusal> {
  override readonly name = 'NominalRefused';
}

/** Ends the decision. `facts` name what is concerned; never personal data. */
export const refuse = (code: NominalRefusal, facts: Readonly<Record<string, string>> = {}): never => {
  throw new NominalRefused(code, facts);
};
