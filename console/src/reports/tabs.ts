/** The pages of the reports' area. */
import { text } from '../text/en';

const { tabs } = text.reports;

export const REPORT_TABS = [
  { href: '/reports', label: tabs.runs },
  { href: '/reports/schedules', label: tabs.schedules },
  { href: '/reports/deliveries', label: tabs.deliveries },
];
