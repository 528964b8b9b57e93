/** Small line icons, drawn on a 20 × 20 grid; always decoration beside a word or a label. */
const PATHS = {
  accounts:
    'M3 16.5c.6-3 2.6-4.6 5-4.6s4.4 1.6 5 4.6M8 9.2a2.9 2.9 0 1 0 0-5.8 2.9 2.9 0 0 0 0 5.8Zm5.2-.2a2.4 2.4 0 1 0-.8-4.7m1.6 7.7c1.6.3 2.7 1.6 3.1 3.7',
  add: 'M10 4v12M4 10h12',
  alert: 'M10 3.2 17.6 16.5H2.4Zm0 5.2v3.6m0 2.1v.1',
  audit: 'M10 3.2a6.8 6.8 0 1 1-6.3 4.2M3.2 3.6v4h4M10 6.4V10l2.6 1.8',
  bonus: 'm10 2.8 2.2 4.5 5 .7-3.6 3.5.8 4.9L10 14.1l-4.4 2.3.8-4.9L2.8 8l5-.7Z',
  check: 'm4 10.5 4 4 8-9',
  'chevron-down': 'm5 7.5 5 5 5-5',
  'chevron-right': 'm7.5 5 5 5-5 5',
  'chevron-up': 'm5 12.5 5-5 5 5',
  close: 'm5 5 10 10M15 5 5 15',
  columns: 'M3.5 4h13v12h-13ZM8 4v12m4-12v12',
  copy: 'M7 7h9.5v9.5H7ZM4.5 13H3.5V3.5H13v1',
  dashboard: 'M3.5 3.5h5.5v6h-5.5Zm7.5 0h5.5v3.5h-5.5Zm0 6.5h5.5v6.5h-5.5Zm-7.5 2.5h5.5v4h-5.5Z',
  departures: 'M8 3.5H4v13h4M12 6.5l3.5 3.5-3.5 3.5M15.5 10H7.5',
  download: 'M10 3v9m-3.6-3.4L10 12.2l3.6-3.6M3.5 16.5h13',
  dots: 'M10 4.6v.1M10 10v.1M10 15.4v.1',
  edit: 'M4 16l.8-3.4L13.5 4l2.5 2.5-8.6 8.7Zm8-10.5L14.5 8',
  external: 'M8 4.5H4v11.5h11.5v-4M11 3.5h5.5V9M16 4l-7 7',
  filter: 'M3 4.5h14l-5.5 6.3v5l-3-1.5v-3.5Z',
  help: 'M10 17.2a7.2 7.2 0 1 0 0-14.4 7.2 7.2 0 0 0 0 14.4ZM7.8 8a2.2 2.2 0 1 1 3.3 1.9c-.8.4-1.1.9-1.1 1.7m0 2.2v.1',
  imports: 'M10 12.5v-9M6.4 7 10 3.4 13.6 7M3.5 12v4.5h13V12',
  invite: 'M3 5.5h14v9.5H3Zm0 .5 7 5.5 7-5.5',
  link: 'M8.5 11.5 11.5 8.5M9 6l2-2a3.5 3.5 0 0 1 5 5l-2 2M11 14l-2 2a3.5 3.5 0 0 1-5-5l2-2',
  lock: 'M5 9h10v7.5H5Zm2-.2V6.5a3 3 0 0 1 6 0v2.3',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  moon: 'M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3Z',
  partners: 'M3 16.5V6l5-2.5V16.5M8 16.5V8.5h9v8M11 11.5h.1M14 11.5h.1M11 14h.1M14 14h.1M2 16.5h16',
  refresh: 'M16 9.5A6.2 6.2 0 0 0 5 6.2L3.5 8M4 10.5a6.2 6.2 0 0 0 11 3.3L16.5 12M3.5 4v4h4M16.5 16v-4h-4',
  reports: 'M5 2.8h7l3.5 3.5v11H5Zm6.8.2V6.5h3.5M8 10h4.5M8 13.2h4.5',
  search: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12Zm4.3-1.7L17 17',
  send: 'M17 3 3 9l5.5 2.5L11 17Zm0 0-8.5 8.5',
  services: 'M4 7h12v9.5H4Zm3.5 0V4h5v3M4 11h12',
  settings: 'M4 6h8m3 0h1M4 14h1m3 0h8M12 4v4M8 12v4',
  'sign-out': 'M11 3.5H4.5v13H11M9 10h8m-3-3.2L17.2 10 14 13.2',
  sort: 'm6.5 8 3.5-4 3.5 4m-7 4 3.5 4 3.5-4',
  'sort-down': 'M10 4v12m-4-4 4 4 4-4',
  'sort-up': 'M10 16V4M6 8l4-4 4 4',
  sun: 'M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM10 2v1.8m0 12.4V18M2 10h1.8m12.4 0H18M4.3 4.3l1.3 1.3m8.8 8.8 1.3 1.3m0-11.4-1.3 1.3m-8.8 8.8-1.3 1.3',
  team: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-6 7c.5-3.5 3-5 6-5s5.5 1.5 6 5',
  trash: 'M4 5.5h12M8 5V3.5h4V5m-6.5.5.7 11h7.6l.7-11',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'dots' ? 2.6 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
