import fs from 'node:fs';
import path from 'node:path';
import { given, order, Stream } from '#test/decider-spec';
import { Seeded } from '#test/seeded';
import type { CommandContext } from '#kernel';
import { isDoubted, schemeOf, written } from './grade';
import type { Grade } from './grade';
import { intelligence } from './intelligence.decider';
import type { IntelligenceEvent } from './intelligence.events';

const words = { unsealed: 'x', key: 'text-t' };
const by = (id: string): Partial<CommandContext> => ({ actor: { kind: 'user', id } });
const [submitter, unit, sanitiser] = [by('DC 1'), by('IU 7'), by('IU 8')];

const grade = (more: object = {}) => ({ scheme: 'S3X5X2', source: '2', assessment: 'B', handling: 'P', ...more });
const conditions = (more: object = {}) => ({ instructions: words, action: 'A2', sanitisation: 'S1', ...more });
const underC = (more: object = {}) => grade({ handling: 'C', conditions: conditions(more) });
const legacy = { scheme: 'S5X5X5', source: 'E', information: '4', handling: '1' };

const item = (itemId = 'i1', more: object = {}) => ({ itemId, text: words, ...more });
const submitted = (more: object = {}) => order('SubmitIntelligence', { reportId: 'r', origin: 'POLICE', sourceType: 'POLICE_STAFF', title: words, items: [item()], themes: ['CSE'], ...more }, '2026-03-01', submitter);
const returned = () => order('ReturnIntelligence', { reportId: 'r', basis: words }, '2026-03-02', unit);
const rejected = () => order('RejectIntelligence', { reportId: 'r', basis: words }, '2026-03-02', unit);
const resubmitted = (more: object = {}) => order('ResubmitIntelligence', { reportId: 'r', title: words, items: [item()], ...more }, '2026-03-02', submitter);
const evaluated = (given: object = grade(), itemId = 'i1') => order('EvaluateIntelligence', { reportId: 'r', grades: [{ itemId, grade: given }], group: '2' }, '2026-03-03', unit);
const sanitised = (who = sanitiser, itemIds = ['i1']) => order('SanitiseIntelligence', { reportId: 'r', items: itemIds.map((itemId) => ({ itemId, text: words })) }, '2026-03-03', who);
const linked = (linkId = 'l1', more: object = {}) => order('LinkIntelligence', { reportId: 'r', linkId, itemIds: ['i1'], to: { kind: 'INVESTIGATION', investigationId: 'inv' }, ...more }, '2026-03-04', unit);
const unlinked = (linkId = 'l1') => order('UnlinkIntelligence', { reportId: 'r', linkId, basis: words }, '2026-03-05', unit);
const live = () => order('MakeIntelligenceLive', { reportId: 'r' }, '2026-03-05', unit);
const shared = (more: object = {}) => order('DisseminateIntelligence', { reportId: 'r', disseminationId: 'd1', route: 'BRIEFING', recipients: ['Rotherham CID'], itemIds: ['i1'], ...more }, '2026-03-06', unit);
const acted = (action = 'TASKED', more: object = {}) => order('ActionIntelligence', { reportId: 'r', actionId: 'a1', action, itemIds: ['i1'], basis: words, ...more }, '2026-03-07', unit);
const regraded = (next: object = grade({ assessment: 'E', assessmentReason: words }), itemId = 'i1') => order('RegradeIntelligence', { reportId: 'r', itemId, grade: next, basis: words }, '2026-03-08', unit);
const conditioned = (set: object | undefined = conditions(), itemId = 'i1') => order('SetHandlingConditions', { reportId: 'r', itemId, conditions: set, basis: words }, '2026-03-08', unit);
const reassessed = (sensitivity: string) => order('ReassessIntelligenceSensitivity', { reportId: 'r', sensitivity, basis: words }, '2026-03-08', unit);

const report = (...more: Parameters<typeof given>[1][]) => given(intelligence, submitted(), ...more);
const liveReport = (given: object = grade()) => report(evaluated(given), linked(), live());

describe('an intelligence report', () => {
  it('is submitted with numbered items, once', () => {
    given(intelligence).when(submitted()).then('IntelligenceSubmitted');
    report().when(submitted()).thenRefused('REPORT_ALREADY_SUBMITTED');
    given(intelligence).when(submitted({ items: [] })).thenRefused('REPORT_NEEDS_AN_ITEM');
    given(intelligence).when(submitted({ items: [item('i1'), item('i1')] })).thenRefused('ITEM_TWICE');
  });
  it('of a registered source names its number in the register, and never more', () => {
    given(intelligence).when(submitted({ sourceType: 'SENSITIVE_REGISTERED' })).thenRefused('REGISTERED_SOURCE_NEEDS_REFERENCE');
    given(intelligence).when(submitted({ sourceType: 'SENSITIVE_REGISTERED', sourceReference: words })).then('IntelligenceSubmitted');
  });
  it.each(['PARTNER', 'PUBLIC'])('of %s is graded by the unit', (origin) => {
    given(intelligence).when(submitted({ origin, items: [item('i1', { grade: grade() })] })).thenRefused('GRADED_BY_THE_UNIT');
    given(intelligence, submitted({ origin }), returned()).when(resubmitted({ items: [item('i1', { grade: grade() })] })).thenRefused('GRADED_BY_THE_UNIT');
  });
  it('may be returned for correction, submitted again, and returned again', () => {
    report(returned(), resubmitted()).when(returned()).then('IntelligenceReturned');
    report(returned()).when(evaluated()).thenRefused('REPORT_AT_ANOTHER_STAGE');
    report().when(resubmitted()).thenRefused('REPORT_AT_ANOTHER_STAGE');
  });
  it('may be rejected, and then nothing more is done with it', () => {
    report(rejected()).when(evaluated()).thenRefused('REPORT_AT_ANOTHER_STAGE');
    report(rejected()).when(linked()).thenRefused('REPORT_AT_ANOTHER_STAGE');
  });
  it.each([returned(), evaluated(), linked(), live(), shared(), acted(), regraded(), conditioned(), reassessed('SENSITIVE'), sanitised()])('that nobody submitted has nothing done with it: $type', (command) =>
    given(intelligence).when(command).thenRefused('REPORT_UNKNOWN'));
  it('may be made less or more sensitive, with a reason, at any stage', () => {
    report().when(reassessed('SENSITIVE')).then('IntelligenceSensitivityReassessed');
    report(reassessed('SENSITIVE')).when(reassessed('SENSITIVE')).thenNothing();
    given(intelligence, { ...submitted(), context: { ...submitted().context, track: 'SENSITIVE' } }).when(reassessed('SENSITIVE')).thenNothing();
  });
});

describe('an evaluation', () => {
  it('grades every item', () => {
    report().when(evaluated()).then('IntelligenceEvaluated');
    given(intelligence, submitted({ items: [item('i1'), item('i2')] })).when(evaluated()).thenRefused('ITEM_NOT_GRADED');
    report().when(evaluated(grade(), 'i9')).thenRefused('ITEM_UNKNOWN');
    report().when(order('EvaluateIntelligence', { reportId: 'r', grades: [{ itemId: 'i1', grade: grade() }, { itemId: 'i1', grade: grade() }], group: '1' }, '2026-03-03', unit)).thenRefused('ITEM_TWICE');
  });
  it.each([
    ['a source that is not reliable, without a reason', grade({ source: '3' }), 'UNRELIABLE_SOURCE_NEEDS_REASON'],
    ['what is suspected to be false, without a reason', grade({ assessment: 'E' }), 'SUSPECTED_FALSE_NEEDS_REASON'],
    ['handling under C without conditions', grade({ handling: 'C' }), 'HANDLING_C_NEEDS_CONDITIONS'],
    ['conditions under P', grade({ conditions: conditions() }), 'CONDITIONS_NEED_HANDLING_C'],
    ['overt use without saying how', underC({ action: 'A3' }), 'OVERT_USE_NEEDS_USAGE'],
    ['a usage text without overt use', underC({ usage: words }), 'USAGE_NEEDS_OVERT_USE'],
    ['a grade of 5x5x5 for what is evaluated today', legacy, 'LEGACY_GRADE_IS_KEPT'],
  ])('is refused with %s', (_, wrong, code) => {
    report().when(evaluated(wrong)).thenRefused(code);
    if (code !== 'LEGACY_GRADE_IS_KEPT') given(intelligence).when(submitted({ items: [item('i1', { grade: wrong })] })).thenRefused(code);
  });
  it.each([grade({ source: '3', sourceReason: words }), grade({ assessment: 'E', assessmentReason: words }), underC(), underC({ action: 'A3', usage: words })])('takes a whole grade: %j', (whole) =>
    report().when(evaluated(whole)).then('IntelligenceEvaluated'));
  it('keeps a grade of 5x5x5 as it was written, and grades the others', () => {
    const old = given(intelligence, submitted({ items: [item('i1', { grade: legacy }), item('i2')] }), evaluated(grade(), 'i2'));
    expect(old.stream.state.items.i1!.grade).toEqual(legacy);
  });
});

describe('a sanitised text', () => {
  it('is written by somebody else than the submitter, in any way of writing their number', () => {
    report(evaluated()).when(sanitised(submitter)).thenRefused('SUBMITTER_CANNOT_SANITISE');
    report(evaluated()).when(sanitised(by('dc  1'))).thenRefused('SUBMITTER_CANNOT_SANITISE');
    report(evaluated()).when(sanitised()).then('IntelligenceSanitised');
  });
  it('is of items of the report, once it is evaluated', () => {
    report(evaluated()).when(sanitised(sanitiser, ['i9'])).thenRefused('ITEM_UNKNOWN');
    report(evaluated()).when(sanitised(sanitiser, [])).thenRefused('REPORT_NEEDS_AN_ITEM');
    report().when(sanitised()).thenRefused('REPORT_AT_ANOTHER_STAGE');
  });
});

describe('links and going live', () => {
  it('come after the evaluation, each once', () => {
    report().when(linked()).thenRefused('REPORT_AT_ANOTHER_STAGE');
    report(evaluated(), linked()).when(linked()).thenRefused('LINK_ALREADY_RECORDED');
    report(evaluated()).when(linked('l1', { itemIds: ['i9'] })).thenRefused('ITEM_UNKNOWN');
    report(evaluated(), linked('l1', { to: { kind: 'PERSON', nominalId: 'n', role: 'VICTIM' } })).when(linked('l2', { to: { kind: 'PERSON', nominalId: 'n', role: 'SUSPECT' } })).then('IntelligenceLinked');
  });
  it('are taken back once, and leave a live report live', () => {
    report(evaluated(), linked(), unlinked()).when(unlinked()).thenNothing();
    report(evaluated()).when(unlinked()).thenRefused('LINK_UNKNOWN');
    expect(liveReport().stream.state.stage).toBe('LIVE');
  });
  it('need one another: a report about nobody and nothing is not live', () => {
    report(evaluated()).when(live()).thenRefused('REPORT_NEEDS_A_LINK');
    report(evaluated(), linked(), unlinked()).when(live()).thenRefused('REPORT_NEEDS_A_LINK');
    liveReport().when(live()).thenNothing();
  });
});

describe('a dissemination', () => {
  const handed = (given: object, more: object = {}): object => {
    const { stream } = liveReport(given);
    return (stream.take(shared(more))[0] as Extract<IntelligenceEvent, { type: 'IntelligenceDisseminated' }>).data.items[0]!;
  };
  it('carries the grade and the conditions that stand, and says where their words are (DPA 2018 s.38(5)(b))', () => {
    expect(handed(grade())).toEqual({ itemId: 'i1', text: 'ORIGINAL', textOf: 'e0', evaluation: 'e1', scheme: 'S3X5X2', grade: '2BP' });
    expect(handed(underC())).toEqual({ itemId: 'i1', text: 'ORIGINAL', textOf: 'e0', evaluation: 'e1', scheme: 'S3X5X2', grade: '2BC', action: 'A2', sanitisation: 'S1' });
  });
  it('goes out in the sanitised text once there is one', () => {
    const { stream } = report(evaluated(), linked(), live(), sanitised());
    expect(stream.take(shared())[0]!.data).toMatchObject({ items: [{ text: 'SANITISED', textOf: 'e4' }] });
    const half = given(intelligence, submitted({ items: [item('i1'), item('i2', { grade: legacy })] }), evaluated(), linked(), live(), sanitised());
    half.when(shared({ itemIds: ['i2'] })).thenRefused('ITEM_NOT_SANITISED');
  });
  it('of a registered source goes out in no other text', () => {
    const registered = [submitted({ sourceType: 'SENSITIVE_REGISTERED', sourceReference: words }), evaluated(), linked(), live()];
    given(intelligence, ...registered).when(shared()).thenRefused('SOURCE_NEEDS_SANITISED_TEXT');
    given(intelligence, ...registered, sanitised()).when(shared()).then('IntelligenceDisseminated');
  });
  it('names who receives what, of a live report', () => {
    report(evaluated()).when(shared()).thenRefused('REPORT_AT_ANOTHER_STAGE');
    liveReport().when(shared({ recipients: [] })).thenRefused('DISSEMINATION_NEEDS_RECIPIENTS');
    liveReport().when(shared({ itemIds: [] })).thenRefused('REPORT_NEEDS_AN_ITEM');
    liveReport().when(shared({ itemIds: ['i9'] })).thenRefused('ITEM_UNKNOWN');
  });
  it.each(['PARTNER', 'OVERSEAS'])('by %s rests on an agreement', (route) => {
    liveReport().when(shared({ route })).thenRefused('SHARING_NEEDS_AGREEMENT');
    liveReport().when(shared({ route, agreement: 'ISA-12' })).then('IntelligenceDisseminated');
  });
  it.each([underC({ action: 'A1' }), underC({ sanitisation: 'S2' })])('asks the originator first under %j', (strict) => {
    liveReport(strict).when(shared()).thenRefused('ORIGINATOR_MUST_AGREE');
    liveReport(strict).when(shared({ originatorAgreed: true })).then('IntelligenceDisseminated');
  });
  it('is recorded once', () => {
    const { stream } = liveReport();
    stream.take(shared());
    expect(stream.take(shared())).toEqual([]);
    expect(() => stream.take(shared({ route: 'TASKING' }))).toThrow(expect.objectContaining({ code: 'ALREADY_RECORDED_OTHERWISE' }) as Error);
  });
});

describe('an action on intelligence', () => {
  it('keeps to the conditions of the items', () => {
    liveReport().when(acted('OVERT')).then('IntelligenceActioned');
    liveReport(underC({ action: 'A1' })).when(acted('TASKED')).thenRefused('ORIGINATOR_MUST_AGREE');
    liveReport(underC({ action: 'A1' })).when(acted('DEVELOPED')).then('IntelligenceActioned');
    liveReport(underC({ action: 'A1' })).when(acted('TASKED', { originatorAgreed: true })).then('IntelligenceActioned');
    liveReport(underC()).when(acted('OVERT')).thenRefused('COVERT_USE_ONLY');
    liveReport(underC()).when(acted('COVERT')).then('IntelligenceActioned');
    liveReport().when(acted('TASKED', { itemIds: [] })).thenRefused('REPORT_NEEDS_AN_ITEM');
  });
});

describe('another evaluation of an item', () => {
  it('stands beside the earlier ones and is what counts from then on', () => {
    const { stream } = liveReport();
    stream.take(regraded());
    expect(stream.events.filter(({ type }) => type === 'IntelligenceEvaluated' || type === 'IntelligenceRegraded')).toHaveLength(2);
    expect(stream.take(shared())[0]!.data).toMatchObject({ items: [{ grade: '2EP', evaluation: 'e4' }] });
  });
  it('is whole, and of an item that was graded', () => {
    liveReport().when(regraded(grade({ assessment: 'E' }))).thenRefused('SUSPECTED_FALSE_NEEDS_REASON');
    liveReport().when(regraded(grade(), 'i9')).thenRefused('ITEM_UNKNOWN');
    report().when(regraded()).thenRefused('REPORT_AT_ANOTHER_STAGE');
    given(intelligence, submitted({ items: [item('i1', { grade: legacy })] }), evaluated(grade(), 'i1')).when(regraded()).then('IntelligenceRegraded');
  });
  it('converts a grade of 5x5x5 by whoever makes it, and never by itself', () => {
    const old = given(intelligence, submitted({ items: [item('i1', { grade: legacy }), item('i2')] }), evaluated(grade(), 'i2'));
    expect(written(old.stream.state.items.i1!.grade!)).toBe('E41');
    old.when(conditioned(conditions(), 'i1')).thenRefused('LEGACY_GRADE_IS_KEPT');
    old.when(regraded(grade({ source: '2', assessment: 'D' }))).then('IntelligenceRegraded');
  });
  it('may be of its conditions alone', () => {
    const { stream } = liveReport();
    stream.take(conditioned());
    expect(written(stream.state.items.i1!.grade!)).toBe('2BC');
    stream.take(conditioned(undefined));
    stream.take(order('SetHandlingConditions', { reportId: 'r', itemId: 'i1', basis: words }, '2026-03-08', unit));
    expect(written(stream.state.items.i1!.grade!)).toBe('2BP');
    liveReport().when(conditioned(conditions({ action: 'A3' }))).thenRefused('OVERT_USE_NEEDS_USAGE');
  });
});

describe('a written grade', () => {
  it.each([['1BP', 'S3X5X2'], ['3EC', 'S3X5X2'], ['E41', 'S5X5X5'], ['A11', 'S5X5X5'], ['4BP', undefined], ['1FP', undefined], ['F41', undefined], ['1B', undefined]])('%s is of %s', (text, scheme) => expect(schemeOf(text)).toBe(scheme));
  it('is doubted when its source or what it says is', () => {
    const doubted = (more: object) => isDoubted(grade(more) as Grade);
    expect([doubted({}), doubted({ source: '3' }), doubted({ assessment: 'E' }), isDoubted(legacy as Grade), isDoubted({ ...legacy, information: '5' } as Grade), isDoubted({ ...legacy, source: 'D' } as Grade)]).toEqual([false, true, true, false, true, true]);
  });
});

describe('commands at random', () => {
  const seed = Number(process.env.DAYBOOK_SEED ?? Date.now() % 2 ** 31);
  const all = [submitted, returned, rejected, resubmitted, evaluated, sanitised, linked, unlinked, live, shared, acted, regraded, conditioned, () => reassessed('RESTRICTED')] as (() => ReturnType<typeof submitted>)[];
  const repeatable = new Set(['MakeIntelligenceLive', 'UnlinkIntelligence', 'DisseminateIntelligence', 'ActionIntelligence', 'ReassessIntelligenceSensitivity']);
  it(`do nothing the second time where nothing new is said (DAYBOOK_SEED=${seed})`, () => {
    const random = new Seeded(seed);
    for (let run = 0; run < 2_000; run++) {
      const stream = new Stream(intelligence);
      for (let step = 0; step < 14; step++) {
        const command = random.pick(all)();
        try {
          stream.take(command);
        } catch {
          continue;
        }
        if (repeatable.has(command.type)) expect(stream.take(command)).toEqual([]);
      }
    }
  });
});

describe('the refusals of an intelligence report', () => {
  it('are thrown by a rule and shown by a case note, each of them', () => {
    const files = fs.readdirSync(__dirname);
    const read = (names: readonly string[]): string => names.map((name) => fs.readFileSync(path.join(__dirname, name), 'utf8')).join('\n');
    const codes = [...read(['intelligence.errors.ts']).matchAll(/^ {2}\| '([A-Z_]+)'/gm)].map(([, code]) => code!);
    const rules = read(files.filter((name) => !name.endsWith('.spec.ts') && name !== 'intelligence.errors.ts'));
    const notes = read(files.filter((name) => name.endsWith('.spec.ts')));
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => !rules.includes(`'${code}'`) || !notes.includes(`'${code}'`))).toEqual([]);
  });
});
