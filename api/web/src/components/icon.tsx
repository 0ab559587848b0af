const PATHS = {
  overview: 'M2.5 2.5h4.5v6H2.5zM9 2.5h4.5v3.5H9zM9 8.5h4.5v5H9zM2.5 11h4.5v2.5H2.5z',
  messages:
    'M2 4.5A1.5 1.5 0 0 1 3.5 3h9A1.5 1.5 0 0 1 14 4.5v7a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 2 11.5zM2.3 4.3 8 8.7l5.7-4.4',
  quarantine: 'M8 1.8 13.5 4v4c0 3.2-2.3 5.3-5.5 6.3C4.8 13.3 2.5 11.2 2.5 8V4zM8 5v3.4M8 10.8v.1',
  batches: 'M8 2 14 5 8 8 2 5zM2 8l6 3 6-3M2 11l6 3 6-3',
  accounts:
    'M8 10.7a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM10.7 5.5V9a1.7 1.7 0 0 0 3.3.5A6 6 0 1 0 11.5 13',
  health: 'M1.5 8.5H4l2-5 3.5 9 2-4h3',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7 14 14',
  close: 'm4 4 8 8M12 4l-8 8',
  back: 'M9.5 3.5 5 8l4.5 4.5',
  check: 'm3 8.5 3.2 3.2L13 4.5',
  retry: 'M13 8a5 5 0 1 1-1.6-3.7L13 5.8M13 2.5v3.3H9.7',
  play: 'M5 3.2v9.6L12.5 8z',
  pause: 'M5.2 3.5v9M10.8 3.5v9',
  stop: 'M4 4h8v8H4z',
  skip: 'M3.5 3.5v9L10 8zM12.5 3.5v9',
  external: 'M9 3h4v4M13 3 7.5 8.5M11 9.5V12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1h2.5',
  clip: 'm13 7.3-5.2 5.2a3.2 3.2 0 0 1-4.6-4.6l5.6-5.6a2.2 2.2 0 0 1 3.1 3.1l-5.5 5.6a1.1 1.1 0 0 1-1.6-1.6l4.8-4.8',
  robot: 'M3.5 6.5h9v6h-9zM8 6.5V3.8M8 3.6v-.8M6 9v.6M10 9v.6M1.8 8.8v1.6M14.2 8.8v1.6',
  key: 'M5.5 13a2.7 2.7 0 1 0 0-5.5 2.7 2.7 0 0 0 0 5.5zM7.5 8.3 13 2.8M10.5 5.3l2 2',
  warning: 'M8 2.3 14.3 13H1.7zM8 6.3v3.2M8 11.3v.1',
  download: 'M8 2.5v7.3M4.8 7 8 10.2 11.2 7M3 13h10',
  pull: 'M2.5 9v3A1.5 1.5 0 0 0 4 13.5h8a1.5 1.5 0 0 0 1.5-1.5V9M8 2v7.5M5 6.7 8 9.7l3-3',
  docs: 'M4 2h5.5L13 5.5V14H4zM9.3 2v3.7H13M6.3 8.5h4.4M6.3 11h4.4',
  plus: 'M8 3v10M3 8h10',
  bin: 'M3 4.5h10M6.2 4.3V2.8h3.6v1.5M4.3 4.5l.6 9h6.2l.6-9M6.8 7v4M9.2 7v4',
  settings:
    'M2.5 5h6M12 5h1.5M2.5 11H4M7.5 11h6M10.2 6.7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4zM5.7 12.7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z',
  keyboard: 'M1.8 4h12.4v8H1.8zM4.3 6.6v.1M7 6.6v.1M9.6 6.6v.1M12 6.6v.1M5 9.4h6',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration only: the text beside it, or an aria-label around it, carries the meaning. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
