import { useRef } from 'react';
import { useNavigate } from 'react-router';
import { DESTINATIONS } from '../navigation.ts';
import { useHotkeys } from '../state/use-hotkeys.ts';
import { Button } from './button.tsx';
import './shortcut-keys.css';

const KEYS: readonly (readonly [string, string])[] = [
  ['/', 'Search messages'],
  ['j k', 'Next and previous message'],
  ['Enter', 'Open the message'],
  ['u Esc', 'Back to the list'],
  ['a', 'Go to the draft that waits for approval'],
  ['?', 'This list'],
];
/** `g` waits this long for its second key. */
const CHORD_MS = 1_200;

/** The keys that work on every page, and the dialog that lists them all. */
export function ShortcutKeys() {
  const dialog = useRef<HTMLDialogElement>(null);
  const chordAt = useRef(Number.NEGATIVE_INFINITY);
  const navigate = useNavigate();
  useHotkeys((key, event) => {
    const target = DESTINATIONS.find((destination) => destination.key === key);
    const isChord = event.timeStamp - chordAt.current < CHORD_MS;
    chordAt.current = key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
    if (key === '?') dialog.current?.showModal();
    else if (isChord && target) {
      // The message page has a meaning of its own for some of these keys.
      event.preventDefault();
      void navigate(target.path);
    } else if (key === '/') {
      event.preventDefault();
      const field = document.querySelector<HTMLInputElement>('input[type=search]');
      if (field) field.focus();
      else void navigate('/messages', { state: { search: true } });
    }
  });
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">Keyboard</h2>
      <dl className="shortcuts">
        {[...KEYS, ...DESTINATIONS.map(({ key, label }) => [`g ${key}`, label] as const)].map(
          ([keys, what]) => (
            <div key={keys} className="row">
              <dt>
                {keys.split(' ').map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ),
        )}
      </dl>
      <div className="dialog-buttons">
        <Button onClick={() => dialog.current?.close()}>Close</Button>
      </div>
    </dialog>
  );
}
