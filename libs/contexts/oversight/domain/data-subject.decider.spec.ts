import fs from 'node:fs';
import path from 'node:path';
import type { CommandContext } from '#kernel';
import { given, order } from '#test/decider-spec';
import { dataSubject } from './data-subject.decider';

const text = (key: string) => ({ unsealed: 'x', key });
const by = (id: string, kind = 'user') => ({ actor: { kind, id } }) as Partial<CommandContext>;
const decide = (type: string, data: object = {}, more: Partial<CommandContext> = by('DO 1'), at = '2026-03-02') => order(type, { nominalId: 'n', ...data }, at, more);
const restricted = (reason = 'EVIDENCE_S47_2') => decide('RestrictProcessing', { reason });
const lifted = (reason: string, more: object = {}, at?: string) => decide('LiftRestriction', { reason, ...more }, undefined, at);
const held = (holdId = 'h') => decide('PlaceLegalHold', { holdId, authority: 'PUBLIC_INQUIRY' });
const released = (holdId = 'h') => decide('ReleaseLegalHold', { holdId });
const reviewed = (more: object = {}) => decide('ReviewRetention', { group: '3', decision: 'RETAIN', ...more });
const requested = (requestId = 'r', more = by('DO 1')) => decide('RequestErasure', { requestId, ground: 'INFRINGES_S47_1A', basis: text('text-b') }, more);
const refusedRequest = (requestId = 'r') => decide('RefuseErasure', { requestId, ground: 'EVIDENCE_S47_2' });
const takenBack = (actor = by('DO 1'), requestId = 'r') => decide('WithdrawErasureRequest', { requestId }, actor);
const place = { stream: 'investigation-a', event: 'e', path: 'data.basis' };
const nothing = { liveMeasures: [], mandatory: [], known: [] };
const authorised = (more: object = {}, actor = by('DS 2')) => decide('AuthoriseErasure', { requestId: 'r', redactions: [], findings: nothing, ...more }, actor);
const system = by('erasure', 'system');
const begun = (keys: readonly string[] = ['nominal-n'], live: readonly string[] = []) => decide('BeginErasure', { requestId: 'r', keys, liveMeasures: live }, system);
const erased = () => decide('CompleteErasure', { requestId: 'r', keysDestroyed: 1, textsRedacted: 0, recipientsToTell: [] }, system);

describe('processing of a person\'s data', () => {
  it('is restricted, on each ground once', () => {
    given(dataSubject).when(restricted()).then('ProcessingRestricted');
    given(dataSubject, restricted()).when(restricted('ACCURACY_DISPUTE_S47_3')).then('ProcessingRestricted');
    given(dataSubject, restricted()).when(restricted()).thenRefused('PROCESSING_ALREADY_RESTRICTED');
  });
  it('is free again when each restriction is lifted', () => {
    const both = given(dataSubject, restricted(), restricted('EVIDENCE_S46_4'), lifted('EVIDENCE_S47_2'));
    expect(both.stream.state.restrictions).toEqual(['EVIDENCE_S46_4']);
    both.when(lifted('EVIDENCE_S47_2')).thenRefused('PROCESSING_NOT_RESTRICTED');
  });
  it('is not free again after a dispute before the person was told', () => {
    const dispute = () => given(dataSubject, restricted('ACCURACY_DISPUTE_S47_3'));
    dispute().when(lifted('ACCURACY_DISPUTE_S47_3')).thenRefused('SUBJECT_NOT_INFORMED');
    dispute().when(lifted('ACCURACY_DISPUTE_S47_3', { informedOn: '2026-03-03' })).thenRefused('SUBJECT_INFORMED_AFTER_LIFTING');
    dispute().when(lifted('ACCURACY_DISPUTE_S47_3', { informedOn: '2026-03-02' })).then('RestrictionLifted');
    dispute().when(lifted('ACCURACY_DISPUTE_S47_3', { informedOn: '2026-03-02' }, 'unknown')).then('RestrictionLifted');
  });
});

describe('a legal hold', () => {
  it('is placed once and released once', () => {
    given(dataSubject).when(held()).then('LegalHoldPlaced');
    given(dataSubject, held()).when(held()).thenRefused('LEGAL_HOLD_ALREADY_PLACED');
    given(dataSubject, held()).when(released()).then('LegalHoldReleased');
    given(dataSubject, held(), released()).when(released()).thenRefused('LEGAL_HOLD_NOT_PLACED');
  });
  it('is what a review retains for, or it retains for nothing', () => {
    given(dataSubject, held()).when(reviewed({ decision: 'LEGAL_HOLD' })).then('RetentionReviewed');
    given(dataSubject).when(reviewed({ decision: 'LEGAL_HOLD' })).thenRefused('NO_LEGAL_HOLD_STANDS');
    given(dataSubject, held()).when(reviewed({ decision: 'DELETE' })).thenRefused('LEGAL_HOLD_STANDS');
  });
});

describe('a review of retention', () => {
  it('says when the next one is', () => {
    given(dataSubject).when(reviewed({ nextReviewOn: '2027-03-02' })).then('RetentionReviewed');
    given(dataSubject).when(reviewed({ nextReviewOn: '2026-03-02' })).thenRefused('NEXT_REVIEW_NOT_LATER');
  });
});

describe('an erasure', () => {
  it('is requested, one at a time', () => {
    given(dataSubject).when(requested()).then('ErasureRequested');
    given(dataSubject, requested()).when(requested('s')).thenRefused('ERASURE_ALREADY_REQUESTED');
    given(dataSubject, requested(), refusedRequest()).when(requested('s')).then('ErasureRequested');
  });
  it('is taken back by who requested it, before it is decided, and then requested anew', () => {
    given(dataSubject, requested()).when(takenBack(by('do  1'))).then('ErasureRequestWithdrawn');
    given(dataSubject, requested()).when(takenBack(by('DO 2'))).thenRefused('ERASURE_REQUESTED_BY_ANOTHER');
    given(dataSubject, requested(), takenBack()).when(takenBack()).thenNothing();
    given(dataSubject, requested(), takenBack()).when(authorised()).thenRefused('ERASURE_ALREADY_DECIDED');
    given(dataSubject, requested(), takenBack()).when(requested('s')).then('ErasureRequested');
    given(dataSubject, requested(), refusedRequest()).when(takenBack()).thenRefused('ERASURE_ALREADY_DECIDED');
    given(dataSubject, requested(), authorised()).when(takenBack()).thenRefused('ERASURE_ALREADY_DECIDED');
    given(dataSubject).when(takenBack()).thenRefused('ERASURE_NOT_REQUESTED');
  });
  it('is refused or authorised once', () => {
    given(dataSubject).when(refusedRequest()).thenRefused('ERASURE_NOT_REQUESTED');
    given(dataSubject, requested(), refusedRequest()).when(authorised()).thenRefused('ERASURE_ALREADY_DECIDED');
    given(dataSubject, requested()).when(authorised()).then('ErasureAuthorised');
    given(dataSubject, requested(), authorised()).when(refusedRequest()).thenRefused('ERASURE_ALREADY_DECIDED');
  });
  it('is authorised by another person than the one who requested it, both signed in', () => {
    given(dataSubject, requested()).when(authorised({}, by('DO 1'))).thenRefused('REQUESTER_CANNOT_AUTHORISE');
    given(dataSubject, requested()).when(authorised({}, by('do  1'))).thenRefused('REQUESTER_CANNOT_AUTHORISE');
    given(dataSubject, requested('r', by('unverified', 'unverified'))).when(authorised()).thenRefused('REQUESTER_CANNOT_AUTHORISE');
    given(dataSubject, requested()).when(authorised({}, by('DS 2', 'unverified'))).thenRefused('REQUESTER_CANNOT_AUTHORISE');
  });
  it('waits for legal holds, evidence and live measures', () => {
    given(dataSubject, held(), requested()).when(authorised()).thenRefused('LEGAL_HOLD_STANDS');
    given(dataSubject, restricted(), requested()).when(authorised()).thenRefused('NEEDED_AS_EVIDENCE');
    given(dataSubject, restricted('ACCURACY_DISPUTE_S47_3'), requested()).when(authorised()).then('ErasureAuthorised');
    given(dataSubject, requested()).when(authorised({ findings: { ...nothing, liveMeasures: ['ON_BAIL'] } })).thenRefused('MEASURES_ARE_LIVE');
  });
  it('leaves words for the others in every text that is about them too, and gives none to texts that are not there', () => {
    const findings = { ...nothing, mandatory: [place], known: [place] };
    given(dataSubject, requested()).when(authorised({ findings })).thenRefused('TEXT_NEEDS_REDACTION');
    given(dataSubject, requested()).when(authorised({ findings, redactions: [{ ...place, text: text('text-r') }] })).then('ErasureAuthorised');
    given(dataSubject, requested()).when(authorised({ redactions: [{ ...place, text: text('text-r') }] })).thenRefused('TEXT_UNKNOWN');
  });
  it('names its keys once it is authorised, in several events when they are many, and not while a hold stands', () => {
    given(dataSubject, requested()).when(begun()).thenRefused('ERASURE_NOT_AUTHORISED');
    given(dataSubject, requested(), authorised(), held()).when(begun()).thenRefused('LEGAL_HOLD_STANDS');
    given(dataSubject, requested(), authorised()).when(begun(Array.from({ length: 20_001 }, (_, i) => `text-${i}`))).then('ErasureBegun', 'ErasureBegun', 'ErasureBegun');
    given(dataSubject, requested(), authorised(), begun()).when(begun()).thenNothing();
    given(dataSubject, requested(), authorised(), begun()).when(begun(['nominal-n', 'text-late'], ['BAIL'])).then('ErasureBegun');
    given(dataSubject, requested(), authorised(), begun(), begun(['text-late'])).when(begun(['text-late', 'nominal-n'])).thenNothing();
  });
  it('has one receipt, after which nothing is recorded of the person', () => {
    given(dataSubject, requested(), authorised()).when(erased()).thenRefused('ERASURE_NOT_AUTHORISED');
    given(dataSubject, requested(), authorised(), begun()).when(erased()).then('DataErased');
    const done = () => given(dataSubject, requested(), authorised(), begun(), erased());
    done().when(erased()).thenNothing();
    done().when(begun()).thenNothing();
    for (const command of [restricted(), held(), reviewed(), requested('s')]) done().when(command).thenRefused('SUBJECT_ERASED');
  });
  it('is decided in the order in which it was recorded, whatever date is given', () =>
    given(dataSubject, decide('RequestErasure', { requestId: 'r', ground: 'INFRINGES_S47_1A', basis: text('b') }, by('DO 1'), '2026-03-05'), authorised()).when(begun()).then('ErasureBegun'));
});

describe('the refusals about data subjects', () => {
  it('are thrown by a rule and shown by a case note, each of them', () => {
    const rooms = [__dirname, path.join(__dirname, '../application')];
    const read = (spec: boolean): string => rooms.flatMap((room) => fs.readdirSync(room).filter((name) => name.endsWith('.ts') && name.endsWith('.spec.ts') === spec && name !== 'data-subject.errors.ts')
      .map((name) => fs.readFileSync(path.join(room, name), 'utf8'))).join('\n');
    const codes = [...fs.readFileSync(path.join(__dirname, 'data-subject.errors.ts'), 'utf8').matchAll(/^ {2}\| '([A-Z_]+)'/gm)].map(([, code]) => code!);
    expect(codes.length).toBeGreaterThan(15);
    expect(codes.filter((code) => !read(false).includes(`'${code}'`))).toEqual([]);
    expect(codes.filter((code) => !read(true).includes(`'${code}'`))).toEqual([]);
  });
});
