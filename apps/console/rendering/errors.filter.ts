import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { DomainError, MalformedError, StoreUnavailableError, WrongExpectedVersionError } from '#kernel';
import { faultFields } from '#platform/telemetry';
import type { Logger } from '#platform/telemetry';
import { localPath } from '#platform/sign-in';
import { DeniedError, failed } from '../../guard';
import { END_OF_STREAM, streamHeaders } from '../live/event-stream';
import { errorPage, notAllowedPage, processingRestrictedPage } from '../pages/errors/error.presenter';
import { ambiguousReference, refusalSentence } from '../../words';
import { address } from './http';
import type { WebReply, WebRequest } from './http';
import type { Pages } from './pages';
import { SeveralNamedError } from './several-named.error';

const frameworkStatus = (error: unknown): number => {
  const { statusCode, status } = error as { statusCode?: unknown; status?: unknown };
  const found = statusCode ?? status ?? (error as { problem?: { status?: unknown } }).problem?.status;
  return typeof found === 'number' && found >= 400 && found < 600 ? found : 500;
};

/** What the program says of a state that passes by itself. */
const passing = (error: unknown): string | undefined => (error instanceof StoreUnavailableError ? (error as { problem?: { detail?: string } }).problem?.detail : undefined);

const statusOf = (error: unknown): number => {
  if (error instanceof MalformedError) return 400;
  if (error instanceof WrongExpectedVersionError) return 409;
  if (error instanceof DomainError) return 422;
  if (error instanceof StoreUnavailableError) return 503;
  return frameworkStatus(error);
};

const linesOf = (error: unknown): readonly string[] => {
  if (error instanceof DomainError) return [refusalSentence(error.code)];
  return error instanceof SeveralNamedError ? [`${ambiguousReference(error.references)}.`] : [];
};

/** Where somebody who was turned away can do something about it. */
const elsewhereOf = ({ code, named, back: kept }: DeniedError, { method, url, sessionOver }: Pick<WebRequest, 'method' | 'url' | 'sessionOver'>): string | undefined => {
  // The address of a form that asks for more first names what it is about.
  const back = localPath(kept ?? (method === 'GET' || code !== 'NOT_SIGNED_IN' ? url : url.split('?')[0]!));
  if (code === 'NOT_SIGNED_IN') return address(sessionOver ? '/timed-out' : '/sign-in', { return: back === '/' ? undefined : back });
  if (code === 'STEP_UP_NEEDED') return address('/sign-in/start', { fresh: 'yes', return: back });
  if (code === 'REASON_NEEDED' && named) return address('/access-reason', { record: named.record, named: named.text, ...(named.inWords && { inWords: 'yes' }), return: back });
  if (method !== 'GET' || !named) return undefined;
  // The number of an event names no record: of that one it is only said that it may not be read.
  return code === 'RECORD_RESTRICTED' && named.record === 'investigation' ? address('/restricted', { named: named.text }) : undefined;
};

/** An open page that waits for word is sent nowhere: its stream ends, and it asks no more. */
const waitsForWord = (error: unknown, { headers }: WebRequest): boolean => error instanceof DeniedError && error.code === 'NOT_SIGNED_IN' && headers.accept === 'text/event-stream';

/** Answers errors of pages as pages, and leaves all others to the door they came by. */
@Catch()
export class ConsoleErrors implements ExceptionFilter {
  constructor(private readonly pages: Pages, private readonly otherDoor: ExceptionFilter, private readonly logger: Pick<Logger, 'error'>) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<WebRequest & { readonly id: string }>();
    if (/^\/(api|health)(\/|\?|$)/.test(request.url)) return void this.otherDoor.catch(error, host);
    const reply = http.getResponse<WebReply & { readonly sent: boolean }>();
    if (reply.sent) return;
    failed(request, error);
    if (waitsForWord(error, request)) return void reply.status(200).header('Content-Type', streamHeaders['Content-Type']!).header('Cache-Control', 'no-store, no-transform').send(END_OF_STREAM);
    const elsewhere = error instanceof DeniedError ? elsewhereOf(error, request) : undefined;
    if (elsewhere) return this.pages.redirect(reply, elsewhere, request.method === 'GET' ? 302 : 303);
    if (error instanceof DeniedError && error.code === 'PROCESSING_RESTRICTED') return this.pages.show(reply, processingRestrictedPage());
    if (error instanceof DeniedError && error.code === 'NOT_ALLOWED') return this.pages.show(reply, notAllowedPage());
    const [status, state] = [statusOf(error), passing(error)];
    const instance = status >= 500 && state === undefined ? `urn:request:${request.id}` : undefined;
    if (instance) this.logger.error('request failed', { ...faultFields(error), instance, status });
    if (status === 503) reply.header('Retry-After', '1');
    this.pages.show(reply, errorPage(status, instance, state !== undefined ? [state] : linesOf(error)));
  }
}
