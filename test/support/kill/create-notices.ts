/** Mails of a machine, which nobody answers: they end without a person. `mark` sets those of one mailbox apart. */
export function createNotices(count: number, mark = 'all'): Buffer[] {
  return Array.from({ length: count }, (_, n) =>
    Buffer.from(
      [
        'From: Monitor <monitor@sender.example>',
        'To: desk@kill.example',
        `Subject: Backup ${n} has ended`,
        `Message-ID: <backup-${n}.${mark}@sender.example>`,
        'Date: Mon, 02 Nov 2026 10:00:00 +0000',
        'Auto-Submitted: auto-generated',
        '',
        `The backup number ${n} of ${mark} has ended without an error.`,
        '',
      ].join('\r\n'),
    ),
  );
}
