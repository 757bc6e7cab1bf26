/** The tables of a backup, in the order in which they are loaded: a row names only rows of tables before it. */
export const BACKED_UP = [
  ...['settings', 'editions', 'papers', 'bindings', 'entries', 'commands', 'archives', 'archiving_tries'],
  ...['episodes', 'episode_units', 'problems', 'messages', 'notices', 'restorations', 'perhaps_sent'],
  'text_drafts',
  ...['deliveries', 'early_receipts', 'personal_data', 'attachments', 'idempotency_keys'],
  ...['accounts', 'account_changes', 'sign_ins', 'tokens', 'exports'],
  ...['contacts', 'duty_rows', 'duty_overrides', 'roster_imports', 'hand_overs', 'hand_over_acknowledgements'],
];

/** Of the moment alone: people sign in again, and a worker finds the rest anew. */
export const OF_THE_MOMENT = ['sessions', 'sign_in_tickets', 'interruptions', 'channels', 'channel_health'];
