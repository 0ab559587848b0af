import type { Account } from '../../../schemas/account.ts';
import { Field } from './account-fields.tsx';

/** How much of an account is taken on; what is over it waits in the mailbox. */
export function AccountLimitFields({ account: { limits } }: { readonly account: Account }) {
  const { lookBackDays, messagesPerMinute, concurrentMessages, messagesPerDay, bytesPerDay } = limits;
  const number = { type: 'number', min: 1 } as const;
  return (
    <fieldset>
      <legend>Limits; empty: none. What is over them waits in the mailbox.</legend>
      <div className="dialog-fields">
        <Field {...number} label="Days back at first sight" name="lookBackDays" value={lookBackDays ?? ''} />
        <Field
          {...number}
          label="Messages a minute"
          name="messagesPerMinute"
          value={messagesPerMinute ?? ''}
        />
        <Field
          {...number}
          label="Processed at once"
          name="concurrentMessages"
          value={concurrentMessages ?? ''}
        />
        <Field {...number} label="Messages a day (UTC)" name="messagesPerDay" value={messagesPerDay ?? ''} />
        <Field
          {...number}
          min={1_000}
          label="Bytes a day (UTC)"
          name="bytesPerDay"
          value={bytesPerDay ?? ''}
        />
      </div>
    </fieldset>
  );
}
