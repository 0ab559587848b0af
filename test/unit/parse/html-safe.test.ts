import { describe, expect, it } from 'vitest';
import { toSafeHtml } from '../../../src/mail/parse/html-safe.ts';

const safe = (html: string): string => toSafeHtml(html).html;

describe('safe HTML', () => {
  it.each([
    '<script>alert(1)</script>',
    '<iframe src="https://e.example"></iframe>',
    '<form action="https://e.example"><input name=a></form>',
    '<svg onload=alert(1)><a xlink:href="javascript:1"></a></svg>',
    '<link rel=stylesheet href="https://e.example/a.css">',
    '<style>@import "https://e.example/a.css"</style>',
    '<object data="x"></object><embed src="x"><base href="https://e.example">',
    '<meta http-equiv=refresh content="0;url=https://e.example">',
    '<img src="https://e.example/pixel.gif"><img src="//e.example/p"><img src="data:image/svg+xml;base64,AA">',
  ])('keeps nothing of %s', (html) => {
    expect(safe(html)).not.toMatch(/script|e\.example|svg|style|input|onload|data:/);
  });

  it('keeps no handlers, no script links and no remote styles', () => {
    const html =
      '<p onclick="a()" style="color:red;background:url(https://e.example/x);position:fixed">x</p>';
    expect(safe(html)).toBe('<p style="color:red">x</p>');
    expect(safe('<a href="javascript:alert(1)">x</a>')).not.toContain('javascript');
  });

  it('keeps images that came with the mail, and marks links', () => {
    expect(safe('<img src="cid:logo" alt="Logo">')).toContain('src="cid:logo"');
    expect(safe('<img src="data:image/png;base64,AA==">')).toContain('data:image/png');
    expect(safe('<a href="https://example.com/a">x</a>')).toContain('rel="noopener noreferrer nofollow"');
  });

  it.each([
    '<div style="display:none">secret<b>x</b></div>',
    '<x-y style="display : none">secret</x-y>',
    '<p style="font-size:0;color:#fff">secret</p>',
    '<span style="position:absolute;left:-9999px">secret</span>',
    '<div hidden>secret</div>',
    '<div style="opacity:0">secret</div>',
  ])('leaves out what a reader would not see: %s', (html) => {
    const { html: shown, hidden } = toSafeHtml(`<p>before</p>${html}<p>after</p>`);
    expect(shown).toBe('<p>before</p><p>after</p>');
    expect(hidden).toBe(true);
  });

  it('keeps layout cells of size zero whose content has its own size', () => {
    expect(safe('<table><tr><td style="font-size:0px"><p>text</p></td></tr></table>')).toContain('text');
  });
});
