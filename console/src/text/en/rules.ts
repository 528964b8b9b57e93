/** What the rules of the program say, for the question mark beside each. */
export const rules = {
  rules: {
    status: {
      title: 'Status letters',
      body: [
        'O is open: on a paid plan. T is a trial. E is an expired trial. C is canceled.',
        'Each account has exactly one. Reports take the letter as a capital. Holds stand beside it and do not change it.',
      ],
    },
    bonus: {
      title: 'New Account Bonus: 95 days',
      body: [
        'The 95 days begin with the initial upgrade, the first change from a trial to a paid plan. That date never changes.',
        'On day 95 the bonus is earned, once for each account. Whole UTC calendar days count.',
        'An account that leaves on day 94 or before is disqualified, also if it comes back. After day 95 a cancellation changes nothing.',
      ],
    },
    singleBill: {
      title: 'Single bill',
      body: [
        'You pay for the account on your one monthly bill, and you switch its add-ons here.',
        'It is for managed accounts on a paid plan. A direct account is paid by its client, who switches its add-ons inside the account.',
        'Leaving the single bill deactivates the add-ons that you activated. Those that the client activated stay.',
      ],
    },
    permission: {
      title: 'Permission to manage',
      body: [
        'A referred account is its client’s. You manage it after the client has approved your request.',
        'A request expires if it is not answered. You can withdraw it before, and ask again afterwards.',
      ],
    },
    holds: {
      title: 'Holds',
      body: [
        'The platform’s staff set and lift holds: balance due, compliance, suspended. Several can stand at once.',
        'A hold does not change the status. While one stands, SMS cannot be used. A suspension also deactivates every add-on and discards the SMS registration.',
      ],
    },
    smsRegistration: {
      title: 'SMS registration',
      body: [
        'Active is not yet ready to use: each account needs its own registration, approved by the platform’s staff.',
        'It goes from draft to submitted, in review, and approved or rejected. A rejected one can be edited and submitted again.',
        'Deactivating SMS, canceling or suspending the account discards the registration.',
      ],
    },
  },
} as const;
