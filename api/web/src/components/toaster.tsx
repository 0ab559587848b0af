import { toasts } from '../state/toasts.ts';
import { useStore } from '../state/use-store.ts';
import { Button } from './button.tsx';
import './toaster.css';

/** Says how an action went. The live region is always there: one that appears with its text is not read out. */
export function Toaster() {
  const shown = useStore(toasts);
  return (
    <div className="toaster" role="status" aria-live="polite" aria-label="Notifications">
      {shown.map(({ id, tone, text, fix }) => (
        <div key={id} className={`toast toast-${tone}`}>
          <p>
            {text}
            {fix === undefined ? null : <span className="faint"> {fix}</span>}
          </p>
          <Button look="quiet" icon="close" aria-label="Dismiss" onClick={() => toasts.dismiss(id)} />
        </div>
      ))}
    </div>
  );
}
