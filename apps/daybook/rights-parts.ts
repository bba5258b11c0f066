import { ErasureTexts } from '#contexts/oversight';
import type { RightsParts } from '#contexts/oversight';
import type { Daybook } from './compose';

type RightsSources = Pick<Daybook, 'access' | 'dataSubjects' | 'retention' | 'vault' | 'extracts' | 'looks' | 'people'>;

/** Of people's rights, for the pages and the JSON door: of investigations no more than each reader may know. */
export const rightsParts = ({ access, dataSubjects, retention, vault, extracts, looks, people }: RightsSources): RightsParts => ({
  dataSubjects, retention, extracts, looks,
  texts: new ErasureTexts({ subjects: dataSubjects, vault, access }),
  mayRead: async (reader, id) => (await access.onInvestigation(reader, 'read', id)).verdict === 'PERMIT',
  referenceOf: (reader, id) => access.seenBy(reader).queries.one(id)?.reference,
  personReference: (id) => people.one(id)?.reference,
});
