import fs from 'node:fs';
import path from 'node:path';
import { fromRoot } from '#platform/settings';

const filesUnder = (folder: string): string[] =>
  fs.readdirSync(fromRoot(folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));

const documents = filesUnder('docs').filter((file) => file.endsWith('.md')).concat(fromRoot('SECURITY.md'), fromRoot('README.md'));

describe('what is written for those who assess', () => {
  const files = ['apps', 'libs', 'test', 'infra', 'docs'].flatMap(filesUnder);

  it.each(documents.filter((file) => /docs\/assurance|SECURITY/.test(file)).map((file) => [path.relative(fromRoot(), file), file]))('names in %s only files that are there', (_name, file) => {
    const named = [...fs.readFileSync(file!, 'utf8').matchAll(/`([\w./*-]+\.(?:spec\.ts|ts|mjs|cjs))`/g)].map(([, name]) => name!);
    const there = (name: string): boolean => {
      const pattern = new RegExp(`(^|/)${name.replaceAll('.', '\\.').replaceAll('*', '[\\w-]*')}$`);
      return name.startsWith('.') ? fs.existsSync(fromRoot(name)) : files.some((one) => pattern.test(one));
    };
    expect(named.filter((name) => !there(name))).toEqual([]);
  });

  it.each(documents.map((file) => [path.relative(fromRoot(), file), file]))('leads from %s only to documents that are there', (_name, file) => {
    const links = [...fs.readFileSync(file!, 'utf8').matchAll(/\]\(((?!https?:)[^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link]) => link!);
    expect(links.filter((link) => !fs.existsSync(path.resolve(path.dirname(file!), link)))).toEqual([]);
  });
});
