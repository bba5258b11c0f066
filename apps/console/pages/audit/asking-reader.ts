import { UnauthorizedException } from '@nestjs/common';
import type { Reader } from '#platform/access';
import type { WebRequest } from '../../rendering/http';

/** Nobody has signed in. */
export class NotSignedIn extends UnauthorizedException {}

/** Who asks for a page. @throws NotSignedIn */
export const readerOf = (request: WebRequest): Reader => {
  if (!request.reader) throw new NotSignedIn();
  return request.reader;
};
