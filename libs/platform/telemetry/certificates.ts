import tls from 'node:tls';
import type { Metrics } from './metrics';

/** An address that is reached by TLS, under the name by which it is told of. */
export interface TlsAddress {
  readonly of: string;
  readonly host: string;
  readonly port: number;
}

/** A certificate changes seldom, and its end is days away: looked at again after so long, ms. */
const AGAIN = 3_600_000;
const PATIENCE = 3_000;

/** When the certificate ends that is shown there, seconds since 1970. Whether it is trusted is for those who connect to use it. */
const endOf = ({ host, port }: TlsAddress): Promise<number> => new Promise((resolve, reject) => {
  const socket = tls.connect({ host, port, ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }), rejectUnauthorized: false, timeout: PATIENCE }, () => {
    const at = Date.parse(socket.getPeerCertificate().valid_to);
    socket.destroy();
    if (Number.isNaN(at)) reject(new RangeError('no certificate'));
    else resolve(at / 1000);
  });
  socket.once('timeout', () => socket.destroy(new RangeError('no answer in time')));
  socket.once('error', reject);
});

/** Has the metrics tell when certificates end, each looked at once an hour at most. One that cannot be seen counts as a part that could not be looked at. */
export const watchCertificates = (metrics: Metrics, addresses: readonly TlsAddress[], now: () => number = () => performance.now()): void => {
  for (const address of addresses) {
    let seen = -Infinity;
    metrics.onAsked(`certificate ${address.of}`, async () => {
      if (now() - seen < AGAIN) return;
      metrics.families.certificateEnds.labels(address.of).set(await endOf(address));
      seen = now();
    });
  }
};
