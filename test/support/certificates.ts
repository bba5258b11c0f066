import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** Why no certificates can be made here; undefined when they can. */
export const opensslMissing = spawnSync('openssl', ['version']).status === 0 ? undefined : 'there is no openssl on this machine';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** A certificate authority of its own, made anew for each run so that no private key lies in the repository. Paths of PEM files. */
export class Authority {
  readonly file: string;
  private readonly key: string;
  private issued = 0;

  constructor(private readonly folder: string, private readonly name: string) {
    [this.file, this.key] = [path.join(folder, `${name}.pem`), path.join(folder, `${name}.key`)];
    execFileSync('openssl', ['req', '-x509', ...KEY, '-keyout', this.key, '-out', this.file, '-days', '2', '-subj', `/CN=${name}`], { stdio: 'ignore' });
  }

  /** @param names as they stand in a certificate, such as `DNS:localhost,IP:127.0.0.1` */
  issue(names: string): Certificate {
    const base = path.join(this.folder, `${this.name}-${++this.issued}`);
    const [cert, key, request, extensions] = [`${base}.pem`, `${base}.key`, `${base}.csr`, `${base}.cnf`];
    fs.writeFileSync(extensions, `subjectAltName=${names}\n`);
    execFileSync('openssl', ['req', '-new', ...KEY, '-keyout', key, '-out', request, '-subj', '/CN=server'], { stdio: 'ignore' });
    execFileSync('openssl', ['x509', '-req', '-in', request, '-CA', this.file, '-CAkey', this.key, '-CAcreateserial', '-days', '2', '-extfile', extensions, '-out', cert], { stdio: 'ignore' });
    return { cert, key };
  }
}
