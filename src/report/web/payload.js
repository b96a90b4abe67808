// The data block: JSON, plain or gzip in base64, inside the page; nothing is ever fetched.
function bytesOf(base64) {
  const text = atob(base64.trim());
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

export async function readPayload(block) {
  if (block.dataset.coding === 'plain') return JSON.parse(block.textContent);
  if (typeof DecompressionStream !== 'function') {
    throw new Error('This browser cannot unpack the report. Open it with Firefox 113, Chrome 80, '
      + 'Edge 80, Safari 16.4 or later.');
  }
  const packed = new Blob([bytesOf(block.textContent)]).stream();
  return new Response(packed.pipeThrough(new DecompressionStream('gzip'))).json();
}
