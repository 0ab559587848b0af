/**
 * Goes with every call: English faults, archived records are seen, and no follower, tracking or assignment mail
 * (`mail/models/mail_thread.py`): what we write must not write to people.
 */
export const CONTEXT = {
  lang: 'en_US',
  active_test: false,
  tracking_disable: true,
  mail_create_nolog: true,
  mail_create_nosubscribe: true,
  mail_auto_subscribe_no_notify: true,
} as const;
