import { fastifyCookie } from '@fastify/cookie';

/** A cookie of sign-in, with the headers that set it and take it away. */
export interface OwnCookie {
  readonly name: string;
  set(value: string): string;
  clear(): string;
}

// Lax: a browser that comes back from the identity provider, or follows a link in a message, brings it; a form of another site does not.
const cookie = (name: string, secure: boolean, maxAge?: number): OwnCookie => {
  const full = secure ? `__Host-${name}` : name;
  const options = { path: '/', httpOnly: true, secure, sameSite: 'lax' } as const;
  return {
    name: full,
    set: (value) => fastifyCookie.serialize(full, value, { ...options, ...(maxAge === undefined ? {} : { maxAge }) }),
    clear: () => fastifyCookie.serialize(full, '', { ...options, maxAge: 0 }),
  };
};

/** Holds the id of a session; goes when the browser closes. `secure`: over TLS, where no other host can set it. */
export const sessionCookie = (secure: boolean): OwnCookie => cookie('daybook', secure);

/** Holds the name of a browser that is on its way to the identity provider and back. */
export const beginCookie = (secure: boolean): OwnCookie => cookie('daybook-begin', secure, 600);
