/** The things the API answers with. */
export type Role = 'partner_admin' | 'partner_manager' | 'partner_viewer' | 'operator' | 'platform';
export type StatusCode = 'O' | 'T' | 'E' | 'C';
export type AccountType = 'managed' | 'referred';
export type BillingMode = 'single_bill' | 'direct';
export type Plan = 'trial' | 'lite' | 'standard' | 'premium';
export type AddOn = 'sms' | 'seo' | 'inbox_preview' | 'newsletter_archive';
export type Entitlement = 'active' | 'included' | 'inactive';
export type Hold = 'balance_due' | 'compliance' | 'suspended';
export type BonusStatus = 'not_started' | 'tracking' | 'earned' | 'paid' | 'disqualified' | 'not_eligible';
export type RegistrationState = 'not_started' | 'draft' | 'submitted' | 'in_review' | 'approved' | 'rejected';
export type Format = 'pdf' | 'html' | 'csv' | 'xls' | 'xlsx';

export interface Page<T> {
  items: T[];
  next?: string | null;
  settled_on?: string | null;
}

export interface AddOnState {
  entitlement: Entitlement;
  usable: boolean;
  registration?: RegistrationState;
  /** Why the caller cannot switch it now; null where it can; not in lists. */
  refusal?: string | null;
}

export interface Account {
  account_id: string;
  partner_account_id: string | null;
  username: string;
  organization: string;
  website: string | null;
  owner: { first_name: string; last_name: string; email: string; phone: string };
  account_type: AccountType;
  billing_mode: BillingMode;
  plan: Plan;
  status: StatusCode;
  holds: Hold[];
  created_on: string;
  trial_ends_on: string | null;
  initial_upgrade_on: string | null;
  cancellation: { effective_on: string; reason: string } | null;
  activity: {
    list_size: number;
    login_count: number;
    last_login_on: string | null;
    campaigns_sent: number;
    last_campaign_on: string | null;
    as_of?: string | null;
  };
  add_ons: Record<AddOn, AddOnState>;
  bonus: { status: BonusStatus; days: number | null; days_left?: number | null; earned_on?: string | null };
  permission_ends_on?: string | null;
  next_steps?: { code: string; detail: string; href: string }[];
  version: number;
}

export interface Me {
  subject: string;
  name: string;
  email: string;
  role: Role;
  partner_id: string | null;
  partner?: { partner_id: string; name: string; suspended?: boolean } | null;
  operations?: string[];
}
