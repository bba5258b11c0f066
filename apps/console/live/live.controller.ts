import { Controller, Get, Inject, Req, Res, ServiceUnavailableException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Access } from '#contexts/oversight';
import { sessionCookie } from '#platform/sign-in';
import { admissionOf, DeniedError } from '../../guard';
import type { Admission } from '../../guard';
import { CONSOLE_PARTS } from '../parts';
import type { ConsoleParts } from '../parts';
import { all, fieldsOf } from '../rendering/http';
import type { WebReply, WebRequest } from '../rendering/http';
import { streamHeaders } from './event-stream';
import { LiveStreams } from './live-streams';
import { topicsOf } from './topics';
import type { Topic } from './topics';

const begin = (reply: WebReply): WebReply => {
  for (const [name, value] of Object.entries(streamHeaders)) reply.header(name, value);
  return reply;
};

const heardOf = ({ headers: { 'last-event-id': id } }: WebRequest): { readonly heard?: number } => (typeof id === 'string' && /^\d{1,15}$/.test(id) ? { heard: Number(id) } : {});

/** Tells open pages that something was recorded: how many events, never which. */
@ApiExcludeController()
@Controller('live')
export class LiveController {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly streams: LiveStreams) {}

  /** A stream of server-sent events, until the session is over or the browser leaves. */
  @Get()
  async live(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const admission = admissionOf(request);
    const topics = topicsOf(all(fieldsOf(request.query), 'topic'));
    const id = request.cookies?.[sessionCookie(this.parts.signIn.secure).name];
    // Whoever came with a token has no page to keep up to date, and nothing that could be ended.
    if (!request.signedIn || id === undefined) throw new DeniedError('NOT_ALLOWED');
    if (request.method === 'HEAD') return void begin(reply).send('');
    const { sessions } = this.parts.signIn;
    const body = await this.streams.listen({
      session: request.signedIn.reader.session, topics: await this.readable(admission, topics), ...heardOf(request), reader: async () => (await sessions.find(id, false))?.reader,
    });
    if (!body) throw new ServiceUnavailableException();
    begin(reply).send(body);
  }

  /** Of a record for whose reading no reason was given in this session nothing is said, as of one that is hidden or not there. */
  private async readable({ reader }: Admission, topics: readonly Topic[]): Promise<readonly Topic[]> {
    const may = await Promise.all(topics.map(async ({ id }) => id === undefined || this.hasReason(this.parts.access, reader, id)));
    return topics.filter((_, i) => may[i]);
  }

  private async hasReason(access: Access, reader: Admission['reader'], id: NonNullable<Topic['id']>): Promise<boolean> {
    const needed = await access.reasonNeeded(reader, id);
    if (needed === 'NONE') return true;
    const given = await this.parts.reasons.of(reader.session ?? '', id);
    return given !== undefined && (needed === 'CODED' || given.words !== undefined);
  }
}
