import type { ReactNode } from 'react';
import './button.css';
import { Icon } from './icon.tsx';

interface ExternalLinkProps {
  readonly href: string;
  readonly children: ReactNode;
  /** As a button beside other buttons. */
  readonly asButton?: boolean;
}

/** Opens apart and tells the other side nothing. Only http(s): an address from outside could be javascript:. */
export function ExternalLink({ href, children, asButton = false }: ExternalLinkProps) {
  if (!/^https?:\/\//i.test(href)) return null;
  return (
    <a
      className={asButton ? 'button button-quiet' : 'link-out'}
      href={href}
      target="_blank"
      rel="noopener noreferrer"
    >
      {children}
      <Icon name="external" />
    </a>
  );
}
