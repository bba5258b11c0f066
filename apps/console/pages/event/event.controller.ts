import { Controller, Get, Inject, NotFoundException, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { categoryOf, msOf } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import type { WebReply } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { Pages } from '../../rendering/pages';
import { wordsOf } from '../../words/events';
import { formatEffective, formatMoment, formatNumber } from '../../words/format';

/** One event with its raw fields; sealed values stay sealed. */
const eventPage = (event: RecordedEvent, investigation?: string): Page => {
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
      heading: `Event ${formatNumber(number)}`, caption: categoryOf(stream) === 'investigation' ? wordsOf(type).title : type,
      rows: rows.map(([key, value]) => ({ key, value })), raw: JSON.stringify({ data, ...(metadata.reason && { reason: metadata.reason }) }, undefined, 2),
      ...(investigation && { back: { text: `Back to the history of ${investigation}`, href: `/investigations/${investigation}/history#event-${number}` } }),
    },
  };
};

/** The full record of an event. */
@ApiExcludeController()
@Controller('events')
export class EventController {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly pages: Pages) {}

  @Get(':number')
  event(@Param('number') number: string, @Res() reply: WebReply): void {
    const stored = /^\d{1,15}$/.test(number) ? this.parts.store.eventByNumber(Number(number)) : undefined;
    if (!stored) throw new NotFoundException();
    const event = this.parts.codec.decode(stored);
    const ofCase = categoryOf(event.stream) === 'investigation' ? this.parts.queries.resolve(event.stream.slice('investigation-'.length)) : undefined;
    const reference = ofCase && this.parts.queries.one(ofCase)?.reference;
    this.pages.show(reply, eventPage(event, reference));
  }
}
