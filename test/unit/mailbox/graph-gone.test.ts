import { describe, expect, it } from 'vitest';
import { isDelta, listed, openScripted, toRequest } from './scripted-graph.ts';

const refusal = (code: string) => ({ error: { code, message: 'No.' } });
const HTML = () =>
  new Response('<html>404</html>', { status: 404, headers: { 'content-type': 'text/html' } });

/** A folder of two messages, and what Graph says when their bytes are asked for. */
function openRoom(part: object, alone: () => Response) {
  return openScripted((url, body) => {
    if (isDelta(url)) return listed('m1', 'm2');
    if (url.endsWith('/$value')) return alone();
    if (!url.endsWith('/$batch')) return undefined;
    const { requests } = JSON.parse(body) as { requests: { id: string }[] };
    return Response.json({ responses: requests.map(({ id }) => ({ id, status: 404, body: part })) });
  }).mailbox;
}

describe('404 for the bytes of a listed message', () => {
  it('is believed of the message when Graph says so (learn.microsoft.com/graph/errors)', async () => {
    const gone = refusal('ErrorItemNotFound');
    const mailbox = openRoom(gone, () => Response.json(gone, { status: 404 }));
    expect(await mailbox.readPage(toRequest())).toMatchObject({ items: [], done: true });
  });

  it('is none of the message while the mailbox itself is not served: it is moved, or has no licence', async () => {
    const code = 'MailboxNotEnabledForRESTAPI';
    const mailbox = openRoom(refusal(code), () => Response.json(refusal(code), { status: 404 }));
    await expect(mailbox.readPage(toRequest())).rejects.toMatchObject({
      type: 'NotFound',
      details: { code },
    });
  });

  it('that is not of Graph passes, and the message with it', async () => {
    await expect(openRoom({}, HTML).readPage(toRequest())).rejects.toMatchObject({ type: 'Unavailable' });
    const mailbox = openRoom(refusal('UnknownError'), () => new Response('Subject: x\r\n\r\nx'));
    expect((await mailbox.readPage(toRequest())).items).toHaveLength(2);
  });

  it('does not take what a folder lost for lost when it is asked for by name', async () => {
    const mailbox = openRoom(refusal('ErrorInvalidUser'), () => HTML());
    const asked = mailbox.readItems(['graph:m1', 'graph:m2'], toRequest());
    await expect(asked).rejects.toMatchObject({ type: 'Unavailable' });
  });
});
