import crypto from 'node:crypto';

// What a certificate is made of, ITU-T X.690: a tag, a length, a content.
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const time = (at: Date): Buffer => der(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));
const pem = (bytes: Buffer): string => `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;

const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));
const HOUR = 3_600_000;

/** A certificate for this machine's own address, made anew for each run so that no private key lies in the repository. PEM. */
export const selfSigned = (): { readonly cert: string; readonly key: string } => {
  const { publicKey, privateKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from('localhost')))));
  const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])));
  const isAuthority = sequence(oid('551d13'), der(0x01, Buffer.from([255])), der(0x04, sequence(der(0x01, Buffer.from([255])))));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))), der(0x02, Buffer.from([1, ...crypto.randomBytes(8)])), ECDSA_SHA256, name,
    sequence(time(new Date(Date.now() - HOUR)), time(new Date(Date.now() + 24 * HOUR))), name,
    publicKey.export({ type: 'spki', format: 'der' }), der(0xa3, sequence(sequence(oid('551d11'), der(0x04, names)), isAuthority)),
  );
  const signature = crypto.sign('sha256', body, privateKey);
  return { cert: pem(sequence(body, ECDSA_SHA256, der(0x03, Buffer.from([0]), signature))), key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
};
