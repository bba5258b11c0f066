import type { NominalId } from '#kernel';
import type { HistoryEntry } from '#platform/history';

/** A sealed detail as it was opened: its words, or a note that its key was destroyed. */
export type OpenedDetail = string | { readonly erased: true };

/** Another name of a person. */
export interface PersonAlias {
  readonly aliasId: string;
  readonly familyName?: OpenedDetail;
  readonly givenNames?: OpenedDetail;
}

/** One person as the standing entries of a history tell it. */
export interface PersonDetails {
  readonly nominalId: NominalId;
  /** `PER-` and the number of the event that registered the person. */
  readonly reference: string;
  readonly familyName: OpenedDetail;
  readonly givenNames?: OpenedDetail;
  readonly dateOfBirth?: OpenedDetail;
  readonly pncIds: readonly OpenedDetail[];
  readonly sex: string;
  /** A code of its list, or the reason why there is none; so are the next two. */
  readonly selfDefinedEthnicity: string;
  readonly officerDefinedEthnicity: string;
  readonly nationality: string;
  readonly aliases: readonly PersonAlias[];
  /** Of the last entry. */
  readonly revision: number;
}

type Data = Readonly<Record<string, never>>;

const codeOf = (value: { readonly code?: string; readonly notRecorded?: string }): string => value.code ?? value.notRecorded ?? '';

const given = (data: Data, names: readonly string[]): object => Object.fromEntries(names.filter((name) => data[name] !== undefined).map((name) => [name, data[name]]));

const aliasOf = (data: Data): PersonAlias => ({ aliasId: data.aliasId!, ...given(data, ['familyName', 'givenNames']) });

/** What the history of a person comes to; undefined while there is no registration in it. */
export const personDetails = (entries: readonly HistoryEntry[]): PersonDetails | undefined => {
  const standing = entries.filter(({ type, correctedBy }) => !correctedBy && type !== 'EntryVoided');
  const data = standing.find(({ type }) => type === 'PersonRegistered')?.data as Data | undefined;
  const first = entries.find(({ type }) => type === 'PersonRegistered');
  if (!data || !first) return undefined;
  return {
    nominalId: data.nominalId!, reference: `PER-${first.number}`, familyName: data.familyName!, ...given(data, ['givenNames', 'dateOfBirth']),
    pncIds: data.pncIds ?? [], sex: data.sex!, selfDefinedEthnicity: codeOf(data.selfDefinedEthnicity!), officerDefinedEthnicity: codeOf(data.officerDefinedEthnicity!),
    nationality: codeOf(data.nationality!), aliases: standing.filter(({ type }) => type === 'PersonAliasAdded').map((entry) => aliasOf(entry.data as Data)),
    revision: entries.at(-1)!.revision,
  };
};
