import { FormDrafts } from './form-drafts';
import type { Draft } from './form-drafts';

const draft: Draft = { path: '/investigations/new', values: { summary: 'typed', crimes: ['a', 'b'] }, sure: false, refused: { errors: [{ field: 'area', text: 'Choose an area' }] } };
const by = (id: string) => ({ reader: { id } as never });

describe('answers of forms under way', () => {
  it('come back as they were, to whoever typed them', async () => {
    const kept = new Map<string, string>();
    const drafts = new FormDrafts({
      of: (owner, key) => Promise.resolve(kept.get(`${owner} ${key}`)),
      keep: (owner, key, text) => Promise.resolve(void kept.set(`${owner} ${key}`, text)),
    });
    await drafts.keep(by('DC 1'), 'form', draft);
    expect(await drafts.of(by('DC 1'), 'form')).toEqual(draft);
    expect(await drafts.of(by('DC 2'), 'form')).toBeUndefined();
  });
});
