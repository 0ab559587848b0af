import { session } from '../state/session.ts';

/** Saves the message as it came. A plain link could not carry the API key. @throws Error when it cannot be had. */
export async function downloadSource(messageId: string, fileName: string): Promise<void> {
  const { key } = session.get();
  const response = await fetch(`/api/messages/${encodeURIComponent(messageId)}/source`, {
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
  });
  if (!response.ok) throw new Error(`The original could not be had: HTTP ${response.status}`);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
