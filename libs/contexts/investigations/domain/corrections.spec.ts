import { given } from '#test/decider-spec';
import { investigation } from './investigation.decider';
import {
  arrest, bail, correct, fromSource, link, open, voidEntry,
} from './investigation.fixtures';

describe('a correction that', () => {
  it('names an entry that is not there: refused, ENTRY_UNKNOWN', () =>
    given(investigation, open(), link(), arrest('2019-03-20')).when(correct('e9', 'SuspectArrested', { linkId: 'x' }, '2019-03-21')).thenRefused('ENTRY_UNKNOWN'));

  it('gives an entry another type: refused, ENTRY_TYPE_DIFFERS', () =>
    given(investigation, open(), link(), arrest('2019-03-20')).when(correct('e3', 'SuspectEscaped', { linkId: 'x' }, '2019-03-21')).thenRefused('ENTRY_TYPE_DIFFERS'));

  it('moves an entry to another link: refused, ENTRY_SUBJECT_DIFFERS', () =>
    given(investigation, open(), link(), arrest('2019-03-20')).when(correct('e3', 'SuspectArrested', { linkId: 'y' }, '2019-03-21')).thenRefused('ENTRY_SUBJECT_DIFFERS'));

  it('says no reason: refused, CORRECTION_NEEDS_REASON', () =>
    given(investigation, open(), link(), arrest('2019-03-20')).when(correct('e3', 'SuspectArrested', { linkId: 'x' }, '2019-03-21', {})).thenRefused('CORRECTION_NEEDS_REASON'));

  it('says what the entry says: nothing new', () =>
    given(investigation, open(), link(), arrest('2019-03-20')).when(correct('e3', 'SuspectArrested', { linkId: 'x' }, '2019-03-20')).thenNothing());

  it('puts a date right: recorded', () =>
    given(investigation, open(), link(), arrest('2019-03-20')).when(correct('e3', 'SuspectArrested', { linkId: 'x' }, '2019-03-21')).then('SuspectArrested'));

  it('is made of an entry that was replaced: refused, ENTRY_REPLACED', () =>
    given(investigation, open(), link(), arrest('2019-03-20'), correct('e3', 'SuspectArrested', { linkId: 'x' }, '2019-03-21')).when(correct('e3', 'SuspectArrested', { linkId: 'x' }, '2019-03-22')).thenRefused('ENTRY_REPLACED'));

  it('is made of the correction itself: recorded', () =>
    given(investigation, open(), link(), arrest('2019-03-20'), correct('e3', 'SuspectArrested', { linkId: 'x' }, '2019-03-21')).when(correct('e4', 'SuspectArrested', { linkId: 'x' }, '2019-03-22')).then('SuspectArrested'));

  it('is made of an entry that was taken away: refused, ENTRY_VOIDED', () =>
    given(investigation, open(), link(), arrest('2019-03-20'), voidEntry('e3')).when(correct('e3', 'SuspectArrested', { linkId: 'x' }, '2019-03-22')).thenRefused('ENTRY_VOIDED'));

  it('moves an arrest behind the bail that stands on it: refused, ENTRY_DEPENDED_ON', () =>
    given(investigation, open(), link(), arrest('2019-03-20'), bail('2019-03-20')).when(correct('e3', 'SuspectArrested', { linkId: 'x' }, '2019-04-22')).thenRefused('ENTRY_DEPENDED_ON'));

  it('takes away an arrest that bail stands on: refused, ENTRY_DEPENDED_ON', () =>
    given(investigation, open(), link(), arrest('2019-03-20'), bail('2019-03-20')).when(voidEntry('e3')).thenRefused('ENTRY_DEPENDED_ON'));

  it('takes away an arrest that nothing stands on: recorded', () =>
    given(investigation, open(), link(), arrest('2019-03-20')).when(voidEntry('e3')).then('EntryVoided'));

  it('takes away an entry twice: nothing new', () =>
    given(investigation, open(), link(), arrest('2019-03-20'), voidEntry('e3')).when(voidEntry('e3')).thenNothing());

  it('takes away the opening: refused, OPENING_CANNOT_BE_VOIDED', () =>
    given(investigation, open()).when(voidEntry('e0')).thenRefused('OPENING_CANNOT_BE_VOIDED'));

  it('takes away an entry without a reason: refused, CORRECTION_NEEDS_REASON', () =>
    given(investigation, open(), link(), arrest('2019-03-20')).when(voidEntry('e3', {})).thenRefused('CORRECTION_NEEDS_REASON'));

  it('touches an entry of another system: refused, ENTRY_OF_ANOTHER_SYSTEM', () =>
    given(investigation, fromSource({ month: '2022-01' })).when(correct('e1', 'CrimeRecorded', { crimeId: 'c1', offence: 'Other' }, '2022-01')).thenRefused('ENTRY_OF_ANOTHER_SYSTEM'));

  it('comes from a source without saying which: refused, SOURCE_FACTS_NEED_A_SOURCE', () =>
    given(investigation).when(fromSource({ month: '2022-01' }, [], {})).thenRefused('SOURCE_FACTS_NEED_A_SOURCE'));
});
