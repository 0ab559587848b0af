import { type ReactNode, useId, useRef, useState } from 'react';
import { Button } from './button.tsx';
import './confirm-button.css';
import type { IconName } from './icon.tsx';

interface DialogButtonProps {
  readonly label: string;
  readonly icon: IconName;
  readonly look?: 'main' | 'danger' | 'quiet';
  readonly title: string;
  /** Beside `dialog`: what it holds. */
  readonly className: string;
  readonly children: (close: () => void) => ReactNode;
}

/** A button that opens a dialog; what is in it begins anew each time. */
export function DialogButton(props: DialogButtonProps) {
  const { label, title, className, children, look = 'quiet', icon } = props;
  const [isOpen, setOpen] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const open = () => {
    setOpen(true);
    dialog.current?.showModal();
  };
  return (
    <>
      <Button look={look} icon={icon} onClick={open}>
        {label}
      </Button>
      <dialog
        ref={dialog}
        className={`dialog ${className}`}
        aria-labelledby={titleId}
        onClose={() => setOpen(false)}
      >
        <h2 id={titleId}>{title}</h2>
        {isOpen ? children(() => dialog.current?.close()) : null}
      </dialog>
    </>
  );
}
