const POLICY = "default-src 'none'; img-src data:; form-action 'none'; base-uri 'none'";
const DROPPED = 'script, style, link, meta, base, iframe, object, embed, form, template, svg, math';

/**
 * The sanitised HTML of a message as a whole document for a sandboxed frame. The server did the work already; what
 * would load something is dropped again here, so that one mistake is not enough. The page's own policy, which the
 * frame inherits, refuses styles: they are left out rather than refused one by one in the console.
 */
export function toMailDocument(html: string): string {
  const parsed = new DOMParser().parseFromString(html.replaceAll(/<[^>]*>/g, disarm), 'text/html');
  for (const element of parsed.querySelectorAll(DROPPED)) element.remove();
  for (const element of parsed.querySelectorAll('*')) {
    for (const { name } of [...element.attributes]) {
      if (/^on|^style$|^srcset$|^background$|^ping$|^data-off$/i.test(name)) element.removeAttribute(name);
    }
  }
  for (const picture of parsed.querySelectorAll('img')) {
    if (!/^data:image\//i.test(picture.getAttribute('src') ?? '')) picture.replaceWith(picture.alt);
  }
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="color-scheme" content="light"></head><body bgcolor="#ffffff" text="#18212b"><font face="system-ui, sans-serif" size="2">${parsed.body.innerHTML}</font></body></html>`;
}

/** Before parsing: also a document that is never shown reports each inline style and handler as refused. */
function disarm(tag: string): string {
  return tag.replaceAll(/\s(?:style|on[a-z]+)\s*=/gi, ' data-off=');
}
