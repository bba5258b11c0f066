import { NotFoundException } from '@nestjs/common';
import { DomainError, MalformedError, StoreUnavailableError, WrongExpectedVersionError } from '#kernel';
import { IdempotencyKeyReusedError } from '#platform/event-store';
import { InvalidRequestError } from '#platform/requests';
import { problemOf } from './problem-of';

describe('the problem document of an error', () => {
  it.each([
    ['a rule that refuses a field', new DomainError('OUTCOME_NOT_YET_IN_USE', { field: 'outcome', from: '2019-04-01' }), {
      status: 422, code: 'OUTCOME_NOT_YET_IN_USE', detail: 'That outcome was not in use on this date. Nothing was written.',
      errors: [{ field: 'outcome', message: 'That outcome was not in use on this date' }], facts: { from: '2019-04-01' },
    }],
    ['a rule about an entry', new DomainError('ENTRY_VOIDED', { event: 'b1' }), {
      status: 422, code: 'ENTRY_VOIDED', errors: [{ field: 'event', message: 'The entry was taken away; record the fact again' }], facts: { event: 'b1' },
    }],
    ['a rule about no field', new DomainError('INVESTIGATION_ALREADY_ALLOCATED'), { status: 422, errors: [], facts: {} }],
    ['a person who is not there', new DomainError('PERSON_UNKNOWN'), { status: 404, detail: 'There is no such person in Daybook. Nothing was written.' }],
    ['a person named in a field who is not there', new DomainError('PERSON_UNKNOWN', { field: 'nominalId' }), { status: 422, errors: [{ field: 'nominalId' }] }],
    ['a record that is not there', new DomainError('INVESTIGATION_UNKNOWN'), { status: 404, code: 'INVESTIGATION_UNKNOWN' }],
    ['a malformed field', new MalformedError('effectiveAt', 'must not be in the future'), { status: 400, code: 'MALFORMED', errors: [{ field: 'effectiveAt', message: 'effectiveAt must not be in the future' }] }],
    ['several', new InvalidRequestError([{ field: 'a', message: 'a is wrong' }, { field: 'b', message: 'b is wrong' }]), { status: 400, errors: [{ field: 'a' }, { field: 'b' }] }],
    ['a conflict that outlasts the retries', new WrongExpectedVersionError('s-1', 3, 7), { status: 409, code: 'CONCURRENT_CHANGE', revision: 7 }],
    ['a key used twice', new IdempotencyKeyReusedError(), { status: 422, code: 'IDEMPOTENCY_KEY_REUSED' }],
    ['a store that is away', new StoreUnavailableError('disk /srv/x is full'), { status: 503, code: 'STORE_UNAVAILABLE' }],
    ['an address that leads nowhere', new NotFoundException('Cannot GET /people?name=Quennell'), { status: 404, code: 'NOT_FOUND' }],
    ['Fastify\'s too large', Object.assign(new Error('x'), { statusCode: 413 }), { status: 413, code: 'TOO_LARGE', title: 'Payload Too Large' }],
    ['anything else', new TypeError('cannot read Quennell of undefined'), { status: 500, code: 'INTERNAL', title: 'Internal Server Error' }],
    ['what is not even an error', 'Quennell', { status: 500 }],
    ['nothing', undefined, { status: 500 }],
  ])('%s', (_, error, expected) => expect(problemOf(error)).toMatchObject({ type: 'about:blank', ...expected }));

  it('gives the current revision to somebody who said which one they saw', () =>
    expect(problemOf(new WrongExpectedVersionError('s-1', 3, 7), true)).toMatchObject({ status: 412, code: 'REVISION_NOT_CURRENT', revision: 7 }));

  it('says not found when the record of the condition does not exist', () =>
    expect(problemOf(new WrongExpectedVersionError('s-1', 3, -1), true)).toMatchObject({ status: 404 }));

  it('repeats nothing of another program\'s message', () => {
    const all = [new NotFoundException('Quennell'), new TypeError('Quennell'), new StoreUnavailableError('Quennell'), Object.assign(new Error('Quennell'), { statusCode: 400 })];
    expect(JSON.stringify(all.map((error) => problemOf(error)))).not.toContain('Quennell');
  });
});
