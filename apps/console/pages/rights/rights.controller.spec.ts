import { DomainError } from '#kernel';
import { Desk, person, reader, requested, text } from './rights.fixtures';

const [e1, e2] = ['00000000-0000-4000-8000-0000000000e1', '00000000-0000-4000-8000-0000000000e2'] as const;

describe('the pages of a person\'s rights', () => {
  it('know people by reference alone, and nobody whom the reader may not know of', async () => {
    const desk = new Desk();
    for (const reference of [person, 'Quarkling']) await expect(desk.controller.home(reference, desk.request(), desk.reply)).rejects.toMatchObject({ status: 404 });
    await expect(desk.controller.home('PER-9', desk.request({ hidden: true }), desk.reply)).rejects.toMatchObject({ status: 404 });
    await expect(desk.controller.form('PER-1', 'nothing', desk.request(), desk.reply)).rejects.toMatchObject({ status: 404 });
  });

  it('say how things stand, what binds the person, and offer what can be decided', async () => {
    const desk = new Desk({ restrictions: ['EVIDENCE_S47_2'], holds: ['h'], ...requested });
    const html = await desk.home();
    for (const words of ['Needed as evidence, so not erased', '1 stands', 'On bail on INV-3', '1 legal hold', 'Requested by DO 9', 'Another person must authorise it', 'Lift a restriction', 'Release a legal hold', 'Authorise the erasure', '1 March 2031', 'Public inquiry']) expect(html).toContain(words);
    expect(html).not.toContain('Request erasure');
    expect(await new Desk().home()).not.toContain('Authorise the erasure');
  });

  it('offer no decision that the reader may not take', async () => {
    const desk = new Desk(requested);
    desk.forbidden = ['authoriseErasure', 'extractSubject', 'hold'];
    const html = await desk.home();
    for (const words of ['Authorise the erasure', 'Refuse the erasure', 'Place a legal hold', 'rights/extract']) expect(html).not.toContain(words);
    expect(html).toContain('Restrict processing');
  });

  it('let who requested an erasure take that back, and nobody else', async () => {
    expect(await new Desk(requested).home()).not.toContain('Withdraw the request for erasure');
    const [asked] = Object.values(requested.erasures!);
    const of = (more: object) => new Desk({ erasures: { [asked!.requestId]: { ...asked!, ...more } } });
    const own = of({ requestedBy: { kind: 'user', id: reader.id } });
    expect(await own.home()).toContain('Withdraw the request for erasure');
    await own.send('withdraw-erasure-request', { requestId: asked!.requestId, basis: 'Another person of that name' });
    expect(own.sent).toMatchObject([{ type: 'WithdrawErasureRequest', nominalId: person, data: { requestId: asked!.requestId, basis: { unsealed: 'Another person of that name', about: [person] } } }]);
    const withdrawn = await of({ stage: 'WITHDRAWN' }).home();
    expect(withdrawn).toContain('Request erasure');
    expect(withdrawn).not.toContain('Requested by');
  });

  it('say which records they show', async () => {
    const desk = new Desk(requested);
    await desk.home();
    expect(desk.admission!.shown).toEqual([{ kind: 'person', ids: [person] }, { kind: 'investigation', ids: ['a'] }]);
    desk.texts = [text(e1, 'data.basis', 'Quarkling and Otherby', true), text(e2, 'data.title', 'Orchard', false)];
    await desk.send('authorise-erasure', {});
    expect(desk.admission!.shown).toEqual([{ kind: 'person', ids: [person] }, { kind: 'investigation', ids: ['a'] }]);
  });

  it('offer nothing once the person is erased', async () => {
    const html = await new Desk({ erased: true }).home();
    expect(html).toContain('This person has been erased');
    expect(html).not.toContain('/rights/restrict');
  });

  it('record a decision in the name of who is signed in, once a form', async () => {
    const desk = new Desk();
    await desk.send('restrict', { restriction: 'EVIDENCE_S47_2', note: 'a statement' });
    expect(desk.redirected).toBe('/people/PER-1/rights');
    expect(desk.sent).toMatchObject([{ type: 'RestrictProcessing', nominalId: person, data: { reason: 'EVIDENCE_S47_2', note: { unsealed: 'a statement', about: [person] } }, context: { actor: { kind: 'user', id: reader.id } } }]);
  });

  it('take a day as people write it', async () => {
    const desk = new Desk({ restrictions: ['ACCURACY_DISPUTE_S47_3'] });
    await desk.send('lift-restriction', { restriction: 'ACCURACY_DISPUTE_S47_3', informedOn: '27/3/2026' });
    expect(desk.sent[0]!.data).toMatchObject({ informedOn: '2026-03-27' });
  });

  it.each([
    ['restrict', {}, 'Choose why processing is restricted'], ['request-erasure', { ground: 'INFRINGES_S47_1A' }, 'Enter what the request rests on'],
    ['lift-restriction', { restriction: 'EVIDENCE_S47_2', informedOn: '31/2/2026' }, 'Enter a real date'], ['restrict', { restriction: 'OTHER' }, 'must be one of'],
  ])('ask again for what is missing or wrong on %s', async (slug, fields, words) => {
    const desk = new Desk();
    const html = await desk.send(slug, fields);
    expect([desk.sent, desk.shown!.status, html.includes(words)]).toEqual([[], 422, true]);
  });

  it('say which rule refuses, and keep what was typed', async () => {
    const desk = new Desk();
    desk.refusal = new DomainError('PROCESSING_ALREADY_RESTRICTED');
    const html = await desk.send('restrict', { restriction: 'EVIDENCE_S47_2', note: 'typed before' });
    expect(html).toContain('Processing is restricted on that ground already');
    expect(html).toContain('typed before');
  });

  it('show what was typed again after a fresh proof of identity, until it is recorded', async () => {
    const desk = new Desk();
    const token = desk.token();
    const at = await desk.tooLate.keep(desk.request({ method: 'POST', url: '/people/PER-1/rights/request-erasure', body: { token, basis: 'a letter of 3 May' } }));
    expect(at).toMatch(/^\/people\/PER-1\/rights\/request-erasure\?form=/);
    const form = async () => {
      await desk.controller.form('PER-1', 'request-erasure', desk.request({ url: at!, query: { form: new URLSearchParams(at!.split('?')[1]).get('form')! } }), desk.reply);
    };
    await form();
    expect([desk.html().includes('a letter of 3 May'), desk.html().includes(token)]).toEqual([true, true]);
    await desk.send('request-erasure', { token, ground: 'INFRINGES_S47_1A', basis: 'a letter of 3 May' });
    desk.redirected = undefined;
    await form();
    expect([desk.sent.length, desk.redirected]).toEqual([1, '/people/PER-1/rights']);
  });

  it('take no form of another session', async () => {
    const desk = new Desk();
    const html = await desk.send('restrict', { restriction: 'EVIDENCE_S47_2', token: 'forged' });
    expect([desk.sent, html.includes('open too long')]).toEqual([[], true]);
  });

  it('show nothing of investigations that the reader may not read, and let nobody erase past them', async () => {
    const desk = new Desk(requested);
    desk.readable = false;
    desk.texts = [text(e1, 'data.basis', 'Quarkling and Otherby', true)];
    expect(await desk.home()).not.toContain('INV-3');
    const html = await desk.send('authorise-erasure', { [`redaction-${e1}-data.basis`]: 'Otherby' });
    expect(html).not.toContain('Quarkling and Otherby');
    expect(html).toContain('Somebody who may read all of them must authorise this erasure');
    expect([desk.sent, html.includes('Erase this person for good')]).toEqual([[], false]);
  });

  it('show every text that stays before an erasure is authorised, and want words where it is about others too', async () => {
    const desk = new Desk(requested);
    desk.texts = [text(e1, 'data.basis', 'Quarkling and Otherby', true), text(e2, 'data.title', 'Orchard', false)];
    const html = await desk.send('authorise-erasure', {});
    for (const words of ['Quarkling and Otherby', 'Orchard', 'About this person and others', 'Enter what remains of text 1', 'Confirm that you have read every text']) expect(html).toContain(words);
    expect(desk.sent).toEqual([]);
    await desk.send('authorise-erasure', { read: 'yes', [`redaction-${e1}-data.basis`]: 'Otherby', [`redaction-${e2}-data.title`]: '', requestId: '0c6c8a5e-1f11-5b6e-8f0b-9b1f6f1a7c21' });
    expect(desk.sent[0]).toMatchObject({ type: 'AuthoriseErasure', data: { redactions: [{ stream: 'investigation-a', path: 'data.basis', text: { unsealed: 'Otherby' } }] } });
  });
});
