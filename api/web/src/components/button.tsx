import type { ButtonHTMLAttributes, Ref } from 'react';
import './button.css';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'main' | 'danger' | 'quiet';
  readonly icon?: IconName;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button; without children its aria-label is its name. */
export function Button({ look, icon, children, ...others }: ButtonProps) {
  const names = ['button'];
  if (look !== undefined) names.push(`button-${look}`);
  if (children === undefined) names.push('button-square');
  return (
    <button type="button" {...others} className={names.join(' ')}>
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </button>
  );
}
