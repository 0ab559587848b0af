import { type ReactNode, useId, useRef } from 'react';
import { Button } from './button.tsx';
import './confirm-button.css';
import type { IconName } from './icon.tsx';

interface ConfirmButtonProps {
  readonly children: ReactNode;
  readonly icon?: IconName;
  readonly look?: 'danger' | 'quiet' | 'main';
  readonly disabled?: boolean;
  readonly title: string;
  /** What will be so afterwards, for somebody who is about to do it. */
  readonly consequence: string;
  readonly confirmLabel: string;
  readonly onConfirm: () => void;
}

/** A button for what cannot be taken back: it asks first. The native dialog keeps the focus and knows Escape. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { children, title, consequence, confirmLabel, onConfirm, look = 'danger', ...button } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const textId = useId();
  const close = () => dialog.current?.close();
  return (
    <>
      <Button {...button} look={look} onClick={() => dialog.current?.showModal()}>
        {children}
      </Button>
      <dialog ref={dialog} className="dialog" aria-labelledby={titleId} aria-describedby={textId}>
        <h2 id={titleId}>{title}</h2>
        <p id={textId} className="soft">
          {consequence}
        </p>
        <div className="dialog-buttons">
          <Button onClick={close}>Keep as it is</Button>
          <Button
            look={look === 'main' ? 'main' : 'danger'}
            onClick={() => {
              close();
              onConfirm();
            }}
          >
            {confirmLabel}
          </Button>
        </div>
      </dialog>
    </>
  );
}
