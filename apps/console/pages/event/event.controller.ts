import { Controller, Get, Inject, NotFoundException, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { categoryOf, msOf } from '#kernel';
import type { InvestigationId, NominalId, RecordedEvent } from '#kernel';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { admissionOf, DeniedError, recordOf } from '../../../guard';
import type { Admission } from '../../../guard';
import { People } from '../../reading/people';
import type { WebReply, WebRequest } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { Pages } from '../../rendering/pages';
import { personEventTitle, wordsOf } from '../../words/events';
import { formatEffective, formatMoment, formatNumber } from '../../words/format';

interface Back {
  readonly text: string;
  readonly href: string;
}

/** One event with its raw fields; sealed values stay sealed. */
const eventPage = (event: RecordedEvent, back?: Back): Page => {
  const { number, id, type, stream, revision, metadata, data } = event;
  const { v, effectiveAt, recordedAt, actor, commandId, regime, marking, track, assertion, program, source, corrects, $correlationId, $causationId } = metadata;
  const rows: [string, string][] = [
    ['Event number', formatNumber(number)], ['Type', `${type}, shape ${v}`], ['Stream', stream], ['Revision', String(revision)], ['Event id', id],
    ['Happened', formatEffective(effectiveAt)], ['Recorded', formatMoment(msOf(recordedAt))], ['Recorded at (UTC)', recordedAt],
    ['Recorded by', `${actor.id} (${actor.kind})`], ['Command id', commandId], ['Correlation id', $correlationId], ['Causation id', $causationId],
    ['Marking', marking], ['Legal regime', regime], ['Track', track], ['Assertion', assertion], ['Program', program],
    ...(source ? [['Source', `${source.system}, ${source.id}`] as [string, string]] : []),
    ...(corrects ? [['Corrects', `${corrects.event} (${corrects.as})`] as [string, string]] : []),
  ];
  return {
    view: 'pages/event/event.njk', title: `Event ${formatNumber(number)}`, section: 'investigations',
    model: {
      heading: `Event ${formatNumber(number)}`, caption: categoryOf(stream) === 'nominal' ? personEventTitle(type) : wordsOf(type).title,
      rows: rows.map(([key, value]) => ({ key, value })), raw: JSON.stringify({ data, ...(metadata.reason && { reason: metadata.reason }) }, undefined, 2),
      ...(back && { back }),
    },
  };
};

/** What was decided about access to a record, or about a person's data, is for who decides it and who oversees that, not for everybody who may read the record. */
const mayReadDecisions = async (stream: string, admission: Admission): Promise<boolean> => {
  const { record } = admission;
  if (categoryOf(stream) === 'accessList' && record?.kind === 'investigation') return (await admission.mayWith('seeLooks', record.id)) || admission.mayWith('grant', record.id);
  if (categoryOf(stream) === 'dataSubject' && record?.kind === 'person') return admission.may('seeActivity') || admission.mayWithPerson('restrict', record.id);
  return true;
};

/** Of the investigations that an entry of an operation's list reaches, those that the reader may know. */
const withoutHidden = (event: RecordedEvent, { seen }: Admission): RecordedEvent => {
  const { reaches } = event.data as { readonly reaches?: readonly InvestigationId[] };
  return reaches ? { ...event, data: { ...event.data, reaches: reaches.filter((id) => seen.knowsInvestigation(id)) } } : event;
};

/** The full record of an event. */
@ApiExcludeController()
@Controller('events')
export class EventController {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly people: People, private readonly pages: Pages) {}

  @Get(':number')
  async event(@Param('number') number: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const admission = admissionOf(request);
    const stored = /^\d{1,15}$/.test(number) ? this.parts.store.eventByNumber(Number(number)) : undefined;
    // What is no record of an investigation or a person is for oversight alone; what is, and was not let in, is not there.
    const forOversight = stored !== undefined && recordOf(stored.stream).kind === 'other' && admission.may('seeActivity');
    if (!stored || !(admission.record || forOversight)) throw new NotFoundException();
    if (!(await mayReadDecisions(stored.stream, admission))) throw new DeniedError('NOT_ALLOWED');
    admission.shows(admission.record ? { kind: admission.record.kind, ids: [admission.record.id], question: { event: number } } : { kind: 'event', ids: [number] });
    const event = withoutHidden(this.parts.codec.decode(stored), admission);
    this.pages.show(reply, eventPage(event, await this.record(event, admission)));
  }

  /** The record that the event belongs to, to go back to. */
  private async record({ stream, number }: RecordedEvent, { seen: { queries } }: Admission): Promise<Back | undefined> {
    const id = stream.slice(stream.indexOf('-') + 1);
    if (categoryOf(stream) === 'nominal') {
      const person = (await this.people.references([id as NominalId])).get(id as NominalId);
      return person ? { text: `Back to ${person}`, href: `/people/${person}#event-${number}` } : undefined;
    }
    const ofCase = categoryOf(stream) === 'investigation' ? queries.resolve(id) : undefined;
    const reference = ofCase && queries.one(ofCase)?.reference;
    return reference ? { text: `Back to the history of ${reference}`, href: `/investigations/${reference}/history#event-${number}` } : undefined;
  }
}
