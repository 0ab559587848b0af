import { afterEach, describe, expect, test } from 'vitest';
import { createJson2 } from '../../../src/odoo/create-json2.ts';
import { createXmlRpc } from '../../../src/odoo/create-xml-rpc.ts';
import {
  type Script,
  type ScriptedServer,
  startScriptedServer,
} from '../../support/odoo/start-scripted-server.ts';

const none = () => new AbortController().signal;
const call = { model: 'res.partner', method: 'search', params: { domain: [] } };
const param = (value: string) =>
  `<?xml version="1.0"?><methodResponse><params><param><value>${value}</value></param></params></methodResponse>`;
const xmlFault = (code: number) =>
  `<?xml version="1.0"?><methodResponse><fault><value><struct><member><name>faultCode</name><value><int>${code}</int>` +
  '</value></member><member><name>faultString</name><value><string>Access Denied</string></value></member></struct>' +
  '</value></fault></methodResponse>';

let server: ScriptedServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function connect(transport: 'xml-rpc' | 'json-2', script: Script, timeoutMs = 5_000) {
  server = await startScriptedServer((request, answer) => {
    if (request.body.includes('<methodName>authenticate')) answer.end(param('<int>2</int>'));
    else script(request, answer);
  });
  const config = { url: `${server.url}/crm/`, database: 'db', username: 'u', secret: 'S3cret!', timeoutMs };
  return transport === 'xml-rpc' ? createXmlRpc(config) : createJson2(config);
}

describe.each(['xml-rpc', 'json-2'] as const)('the %s transport', (transport) => {
  const outcome = async (script: Script, timeoutMs?: number) =>
    (await connect(transport, script, timeoutMs)).call(call, none()).catch((error: unknown) => error);

  test('keeps a path prefix of the URL', async () => {
    await outcome((_, answer) => answer.end());
    expect(server?.requests.at(-1)?.path).toMatch(/^\/crm\/(xmlrpc|json)\/2\//);
  });

  test('reads an HTML page as Unavailable', async () => {
    const page = '<!DOCTYPE html><html><head><title>Maintenance</title></head><body><br></body></html>';
    expect(await outcome((_, answer) => answer.end(page))).toMatchObject({ type: 'Unavailable' });
  });

  test('reads an empty answer as Unavailable', async () => {
    expect(await outcome((_, answer) => answer.end())).toMatchObject({ type: 'Unavailable' });
  });

  test('reads 502, 429 and a redirect', async () => {
    const bad = await outcome((_, answer) => answer.writeHead(502).end('<html>Bad Gateway</html>'));
    expect(bad).toMatchObject({ type: 'Unavailable', details: { status: 502 } });
    const slow = await outcome((_, answer) => answer.writeHead(429, { 'retry-after': '3' }).end('slow'));
    expect(slow).toMatchObject({ type: 'RateLimited', retryAfterMs: 3_000 });
    const moved = await outcome((_, answer) => answer.writeHead(301, { location: '/x' }).end());
    expect(moved).toMatchObject({ type: 'Unavailable', details: { status: 301 } });
  });

  test('gives up on a server that does not answer', async () => {
    expect(await outcome(() => undefined, 50)).toMatchObject({
      type: 'Unavailable',
      message: 'Odoo did not answer within 50 ms',
    });
  });

  test('gives up on an answer that never ends', async () => {
    const stalled = await outcome((_, answer) => answer.write('<?xml version="1.0"?><methodResponse>'), 50);
    expect(stalled).toMatchObject({ type: 'Unavailable', message: 'Odoo did not answer within 50 ms' });
  });

  test('reads a cut answer as Unavailable', async () => {
    const cut: Script = (_, answer) => {
      answer.write('<?xml version="1.0"?><methodResponse><params>');
      setTimeout(() => answer.destroy(), 10);
    };
    expect(await outcome(cut)).toMatchObject({ type: 'Unavailable' });
  });

  test('refuses an answer that is too large', async () => {
    const flood: Script = (_, answer) => {
      answer.write('<?xml version="1.0"?><methodResponse><params><param><value><string>');
      const chunk = 'x'.repeat(1_000_000);
      for (let count = 0; count < 8; count += 1) answer.write(chunk);
    };
    expect(await outcome(flood, 60_000)).toMatchObject({ type: 'OutputInvalid' });
  });

  test("rethrows the caller's reason to give up", async () => {
    const rpc = await connect(transport, () => undefined);
    const controller = new AbortController();
    const reason = new Error('cancelled');
    setTimeout(() => controller.abort(reason), 20);
    await expect(rpc.call(call, controller.signal)).rejects.toBe(reason);
    await expect(rpc.call(call, controller.signal)).rejects.toBe(reason);
  });
});

describe('the XML-RPC session', () => {
  test('logs in once for many calls', async () => {
    const rpc = await connect('xml-rpc', (_, answer) => answer.end(param('<array><data/></array>')));
    await Promise.all([rpc.call(call, none()), rpc.call(call, none())]);
    await rpc.call(call, none());
    expect(server?.requests.filter(({ path }) => path.endsWith('common'))).toHaveLength(1);
  });

  test('logs in again when a call is refused, and repeats the call once', async () => {
    let refusals = 1;
    const rpc = await connect('xml-rpc', (_, answer) => {
      refusals -= 1;
      answer.end(refusals >= 0 ? xmlFault(3) : param('<array><data/></array>'));
    });
    expect(await rpc.call(call, none())).toEqual([]);
    expect(server?.requests.map(({ path }) => path.split('/').at(-1))).toEqual([
      'common',
      'object',
      'common',
      'object',
    ]);
    refusals = 5;
    await expect(rpc.call(call, none())).rejects.toMatchObject({ type: 'AuthenticationFailed' });
    expect(server?.requests).toHaveLength(7);
  });

  test('sends no CDATA, which a text could end, and no character that XML forbids', async () => {
    const rpc = await connect('xml-rpc', (_, answer) => answer.end(param('<int>1</int>')));
    const hostile = ']]>]]></string></value><value>\u0000\u000B\uFFFF & \r\n\uD800 \u{1F4E7}';
    await rpc.call({ ...call, params: { domain: [hostile], empty: '' } }, none());
    const body = server?.requests.at(-1)?.body ?? '';
    expect(body).not.toContain('CDATA');
    expect(body).toContain(
      '<string>]]&gt;]]&gt;&lt;/string&gt;&lt;/value&gt;&lt;value&gt; &amp; &#xD;\n\uFFFD \u{1F4E7}</string>',
    );
  });
});
