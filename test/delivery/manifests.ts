import fs from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { fromRoot } from '#platform/settings';

/** What a manifest says, as far as these tests ask. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: Templated & { readonly jobTemplate?: { readonly spec: Templated } };
}

interface Templated {
  readonly template?: { readonly spec: PodSpec; readonly metadata: { readonly labels: Readonly<Record<string, string>> } };
}

export interface PodSpec {
  readonly automountServiceAccountToken?: boolean;
  readonly securityContext?: { readonly runAsNonRoot?: boolean; readonly seccompProfile?: { readonly type?: string } };
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes?: readonly { readonly name: string; readonly configMap?: { readonly name: string }; readonly secret?: { readonly secretName: string } }[];
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly envFrom?: readonly { readonly configMapRef?: { readonly name: string } }[];
  readonly resources?: { readonly limits?: { readonly memory?: string } };
  readonly securityContext?: { readonly allowPrivilegeEscalation?: boolean; readonly readOnlyRootFilesystem?: boolean; readonly capabilities?: { readonly drop?: readonly string[] } };
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

const folder = fromRoot('infra', 'kubernetes');

/** Every manifest under `infra/kubernetes`, with its file. @throws when one is no YAML, or names a key twice */
export const manifests = (): { readonly file: string; readonly manifest: Manifest }[] =>
  fs.readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort().flatMap((file) =>
    parseAllDocuments(fs.readFileSync(path.join(folder, file), 'utf8')).map((document) => {
      if (document.errors.length > 0) throw new Error(`${file}: ${document.errors[0]!.message}`);
      return { file, manifest: document.toJS() as Manifest };
    }));

/** The pods that a manifest makes. */
export const podsOf = ({ manifest: { spec } }: { readonly manifest: Manifest }): PodSpec[] =>
  [spec?.template, spec?.jobTemplate?.spec.template].flatMap((template) => (template ? [template.spec] : []));
export const containersOf = ({ initContainers = [], containers }: PodSpec): readonly Container[] => [...initContainers, ...containers];
