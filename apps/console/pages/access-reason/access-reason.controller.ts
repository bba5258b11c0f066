import { Controller, Get, HttpCode, Inject, NotFoundException, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { localPath } from '#platform/sign-in';
import { accessReasons, admissionOf } from '../../../guard';
import type { AccessReason, AccessReasonCode, NamedRecord } from '../../../guard';
import type { FieldError } from '../../forms/when';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { fieldsOf, one } from '../../rendering/http';
import type { Fields, WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { FormTokens } from '../recording/form-token';
import { TypedTooLate } from '../recording/typed-too-late';
import { reasonPage } from './access-reason.presenter';
import type { ReasonInput } from './access-reason.presenter';

const kinds: readonly string[] = ['investigation', 'person', 'event'];

/** @throws NotFoundException when the address names nothing */
const namedIn = (fields: Fields): NamedRecord => {
  const [record, text] = [one(fields, 'record'), one(fields, 'named')];
  if (!kinds.includes(record) || text === '' || text.length > 128) throw new NotFoundException();
  return { record: record as NamedRecord['record'], text, inWords: one(fields, 'inWords') === 'yes' };
};

const typedIn = (fields: Fields) => ({ code: one(fields, 'code'), reference: one(fields, 'reference'), words: one(fields, 'words') });

const faultsOf = ({ code, reference, words }: ReturnType<typeof typedIn>, { inWords }: NamedRecord): readonly FieldError[] => [
  ...(accessReasons.includes(code as AccessReasonCode) ? [] : [{ field: 'code', text: 'Choose why you are opening it' }]),
  ...(reference.length > 100 ? [{ field: 'reference', text: 'The reference must be 100 characters or fewer' }] : []),
  ...(words === '' && (inWords || code === 'OTHER') ? [{ field: 'words', text: 'Say in your own words why you are opening it' }] : []),
  ...(words.length > 1_000 ? [{ field: 'words', text: 'What you say must be 1,000 characters or fewer' }] : []),
];

/** Asks why a record is opened that is not the reader's own: a policy of the force, not a duty of s.62 since the Data (Use and Access) Act 2025. */
@ApiExcludeController()
@Controller('access-reason')
export class AccessReasonController {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly pages: Pages, private readonly tokens: FormTokens, private readonly typed: TypedTooLate) {}

  @Get()
  async ask(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const { ticket, typed } = await this.typed.again(request);
    const fields = typed ?? fieldsOf(request.query);
    this.show(reply, { named: namedIn(fields), back: localPath(one(fields, 'return')), token: ticket.token, typed: typedIn(fields), errors: [] });
  }

  @Post()
  @HttpCode(200)
  async give(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const fields = fieldsOf(request.body);
    const [named, back, typed] = [namedIn(fields), localPath(one(fields, 'return')), typedIn(fields)];
    const ticket = this.tokens.byToken(request, one(fields, 'token'));
    const strange = ticket ? [] : [{ field: 'code', text: 'This page was open too long. Choose again' }];
    const errors = [...strange, ...faultsOf(typed, named)];
    if (!ticket || errors.length > 0) return this.show(reply, { named, back, token: this.tokens.issue(request).token, typed, errors });
    await this.parts.giveReason(admissionOf(request), named, reasonOf(typed));
    await this.typed.taken(request, ticket);
    this.pages.redirect(reply, back);
  }

  private show(reply: WebReply, input: ReasonInput): void {
    this.pages.show(reply, reasonPage(input));
  }
}

const reasonOf = ({ code, reference, words }: ReturnType<typeof typedIn>): AccessReason =>
  ({ code: code as AccessReasonCode, ...(reference && { reference }), ...(words && { words }) });
