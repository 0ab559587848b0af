import type { Config } from '../config.ts';

/** Where things are, and what is switched off with the way to switch it on. */
export function describeSurroundings(
  config: Config,
  apiUrl: string | undefined,
  temporalUiUrl: string | undefined,
): string {
  const off = [
    ...(config.odoo === undefined
      ? [['Odoo', 'set ODOO_URL, ODOO_DATABASE, ODOO_USERNAME, ODOO_SECRET'] as const]
      : []),
    ...(config.smtp === undefined
      ? [['Sending', 'set SMTP_HOST; until then drafts are only proposed'] as const]
      : []),
    ...(config.model.engines.length === 0
      ? [
          [
            'Model',
            'set ANTHROPIC_API_KEY, MISTRAL_API_KEY or OLLAMA_HOST; until then the local engine decides alone',
          ] as const,
        ]
      : []),
  ];
  const places =
    apiUrl === undefined
      ? []
      : [
          ['Mail room', `${apiUrl}/`] as const,
          ['API docs', `${apiUrl}/docs`] as const,
          ['Temporal', temporalUiUrl ?? 'the Web UI of your server'] as const,
        ];
  const line = ([name, text]: readonly [string, string]) => `  ${name.padEnd(11)} ${text}`;
  return [
    ...(places.length === 0 ? [] : ['', ...places.map(line)]),
    ...(off.length === 0 ? [] : ['', 'Switched off:', ...off.map(line)]),
    ...(places.length === 0
      ? []
      : ['', 'Ctrl-C stops everything. Nothing is lost: the next start goes on from here.']),
  ].join('\n');
}
