import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { FieldProblemBody, ProblemBody } from './problem-responses';

const words = [
  'Records facts about investigations and people, and answers questions about them at any pair of moments.',
  'Every answer that is not as asked for is a problem document (RFC 9457) with a stable `code`.',
  'Moments: an instant with offset, or a local date or month of Europe/London, which mean their end.',
  'Records are named by id or reference: `INV-` in addresses, and `PER-` in addresses and in any `nominalId` of a body about an investigation.',
  'Bring an access token of the identity provider (`Authorization: Bearer`), issued for this program’s address followed by `/api`; cookies of the pages open nothing here. For sample and trial folders `daybook token` prints one.',
  'Answers hold what the reader may know of; a record that they may not know of is answered like one that does not exist.',
  'A record that is not the reader\'s own is opened, and recorded on, for a reason: `Daybook-Access-Reason` (ALLOCATED, SUPERVISION_OR_TASKING, INTELLIGENCE_DEVELOPMENT, DISCLOSURE_OR_COURT, AUDIT_OR_DIP_SAMPLE, PARTNER_SAFEGUARDING or OTHER), with `Daybook-Access-Reference` and `Daybook-Access-Words` (percent-encoded) where they help; words are needed with OTHER and for restricted records.',
].join('\n\n');

/** The OpenAPI document of this program, made from its routes and request classes. */
export const describeApi = (app: NestFastifyApplication): OpenAPIObject => {
  const config = new DocumentBuilder().setTitle('Daybook').setDescription(words).setVersion('1').addBearerAuth().addSecurityRequirements('bearer').build();
  return SwaggerModule.createDocument(app, config, { extraModels: [ProblemBody, FieldProblemBody] });
};

/** Serves the document at `/api/openapi.json`; it is made when first asked for. */
export const serveDescription = (app: NestFastifyApplication): void => {
  let text: string | undefined;
  app.getHttpAdapter().get('/api/openapi.json', (_request: FastifyRequest, reply: FastifyReply) => {
    text ??= JSON.stringify(describeApi(app));
    void reply.type('application/json; charset=utf-8').send(text);
  });
};
