import type { InvestigationId, NominalId } from '#kernel';
import type { Reader } from '#platform/access';
import type { TextToLookAt } from '../domain/erasure-plan';
import { ErasureTexts } from './erasure-texts';

const reader = { kind: 'user', id: 'DO 1', role: 'DISCLOSURE_OFFICER', agency: 'SYP' } as Reader;
const person = '00000000-0000-4000-8000-00000000000a' as NominalId;
const text = (stream: string, event: string): TextToLookAt => ({ stream, event, path: 'data.basis', number: 1, type: 'SuspectLinked', value: { ct: event } as never, sealedAt: { event, path: 'data.basis' }, own: false, about: [], mandatory: false });

const textsOver = (all: readonly TextToLookAt[], readable: readonly string[]) => {
  const opened: unknown[] = [];
  const texts = new ErasureTexts({
    subjects: { textsToLookAt: async () => all },
    vault: { open: async (values) => {
      opened.push(...values);
      return values.map(({ eventId }) => (eventId === 'gone' ? null : `words of ${eventId}`));
    } },
    access: { onInvestigation: async (_, __, id: InvestigationId) => ({ verdict: readable.includes(id) ? 'PERMIT' : 'HIDDEN', known: true, related: false, sensitivity: null }) },
  });
  return { texts, opened };
};

describe('texts that stay when a person is erased', () => {
  it('are opened for whoever may read the investigations that they stand on, and counted where they may not', async () => {
    const { texts, opened } = textsOver([text('investigation-a', 'e1'), text('investigation-b', 'e2'), text('dataSubject-a', 'e3'), text('investigation-a', 'gone')], ['a']);
    const { texts: shown, unread } = await texts.of(person, reader);
    expect(shown.map(({ words }) => words)).toEqual(['words of e1', 'words of e3', null]);
    expect([unread, JSON.stringify(opened).includes('e2')]).toEqual([1, false]);
  });
});
