import { useMemo } from 'react';
import { toMailDocument } from '../format/to-mail-document.ts';

/**
 * Mail as its sender dressed it, in a frame that may do nothing: no scripts, no forms, no origin, no links that
 * lead out, and a policy that loads nothing. A frame without scripts cannot tell its height, so it can be resized.
 */
export function HtmlFrame({ html }: { readonly html: string }) {
  const source = useMemo(() => toMailDocument(html), [html]);
  return (
    <>
      <iframe
        className="body-frame"
        title="Message as HTML"
        sandbox=""
        referrerPolicy="no-referrer"
        srcDoc={source}
      />
      <p className="small faint">Shown without remote pictures; links are dead on purpose.</p>
    </>
  );
}
