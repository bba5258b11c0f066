import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IDENTITY_PATH } from '#platform/sign-in';
import type { SignIn } from '#platform/sign-in';

/** Puts the identity provider of invented users before everything that reads bodies; over any other there is nothing at its address. */
export const serveIdentity = (app: NestFastifyApplication, { identity }: SignIn): void => {
  if (identity) app.use(IDENTITY_PATH, identity.handle.bind(identity));
};
