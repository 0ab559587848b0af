import { describe, expect, it } from 'vitest';
import { loadTaxonomy } from '../../../src/analysis/taxonomy/load-taxonomy.ts';
import { parseTaxonomy } from '../../../src/analysis/taxonomy/parse-taxonomy.ts';
import { ServiceError } from '../../../src/domain/service-error.ts';

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt'];
const SMALL = `
categories:
  - { id: sale, name: Sale, description: Sells., priority: HIGH, odoo: lead, reply: draft, signals: { en: 'buy^2, we order*' } }
  - { id: other, name: Other, description: Rest., priority: NORMAL, odoo: note, reply: off }
replies: { en: 'Hello {name}' }
`;

function faultsOf(yaml: string): string {
  try {
    parseTaxonomy(yaml, 'my.yaml');
  } catch (error) {
    if (error instanceof ServiceError && error.type === 'InvalidInput') return error.message;
    throw error;
  }
  throw new Error('no fault was found');
}

describe('the default taxonomy', () => {
  const taxonomy = loadTaxonomy();

  it('holds every category in all six languages', () => {
    expect(taxonomy.categories.map(({ id }) => id)).toEqual(
      `order order-status invoice payment refund complaint outage technical-support product-question meeting
      job-application newsletter notification auto-reply bounce spam phishing partnership legal personal-data-request
      feedback other`.split(/\s+/),
    );
    for (const { id, signals } of taxonomy.categories.filter((category) => category.id !== 'other')) {
      for (const language of LANGUAGES) {
        expect(signals[language]?.length, `${id} in ${language}`).toBeGreaterThan(2);
      }
    }
  });

  it('answers nothing on its own and never answers machines or crooks', () => {
    expect(taxonomy.categories.filter(({ reply }) => reply === 'auto')).toEqual([]);
    const silent = taxonomy.categories.filter(({ reply }) => reply === 'off').map(({ id }) => id);
    expect(silent).toEqual(
      expect.arrayContaining([
        'newsletter',
        'notification',
        'auto-reply',
        'bounce',
        'spam',
        'phishing',
        'legal',
      ]),
    );
  });

  it('acknowledges in six languages with every placeholder', () => {
    for (const language of LANGUAGES) {
      for (const placeholder of ['{name}', '{subject}', '{summary}']) {
        expect(taxonomy.replies[language]).toContain(placeholder);
      }
    }
  });
});

describe('a taxonomy file', () => {
  it('reads phrases from a list or from one text', () => {
    const list = SMALL.replace("'buy^2, we order*'", "['buy^2', 'we order*']");
    expect(parseTaxonomy(SMALL, 'a').categories[0]?.signals).toEqual({ en: ['buy^2', 'we order*'] });
    expect(parseTaxonomy(list, 'b')).toEqual(parseTaxonomy(SMALL, 'a'));
  });

  it('changes its version with what it says, not with comments', () => {
    const version = parseTaxonomy(SMALL, 'a').version;
    expect(version).toMatch(/^[0-9a-f]{12}$/);
    expect(parseTaxonomy(`# a comment\n${SMALL}`, 'a').version).toBe(version);
    expect(parseTaxonomy(SMALL.replace('Sells.', 'Buys.'), 'a').version).not.toBe(version);
  });

  it('reports every fault at once, each with its line', () => {
    const faults = faultsOf(
      SMALL.replace('priority: HIGH', 'priority: high')
        .replace('reply: off', 'reply: never')
        .replace('odoo: note', 'odo: note'),
    );
    expect(faults).toContain('my.yaml');
    expect(faults).toMatch(/line 3: categories\.0\.priority .*"URGENT"/);
    expect(faults).toMatch(/line 4: categories\.1\.reply/);
    expect(faults).toMatch(/line 4: categories\.1.*odo/);
  });

  it('finds what only the whole can show', () => {
    const faults = faultsOf(
      SMALL.replace('id: other', 'id: sale')
        .replace("en: 'Hello {name}'", "de: 'Hallo {vorname}'")
        .replace('buy^2', 'x*^99'),
    );
    expect(faults).toContain('`sale` is there twice');
    expect(faults).toContain('`other`');
    expect(faults).toContain('needs `en`');
    expect(faults).toContain('{vorname} is unknown');
    expect(faults).toContain('"x*^99"');
  });

  it('names the line of broken YAML', () => {
    expect(faultsOf('categories:\n  - id: [a\nreplies: {}')).toMatch(/line \d+: /);
  });

  it('says so when it is missing', () => {
    expect(() => loadTaxonomy('/nowhere/taxonomy.yaml')).toThrow(/cannot be read/);
  });
});
