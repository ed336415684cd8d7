import type { FileHandle } from "node:fs/promises";

export const CHUNK_BYTES = 1 << 20;

/** A file's bytes from `from` on, each chunk of its own memory; `size` is what it is thought to have. */
export async function* fileChunks(file: FileHandle, size: number, from = 0): AsyncGenerator<Uint8Array> {
  for (let position = from; ; ) {
    const chunk = new Uint8Array(Math.min(CHUNK_BYTES, Math.max(size, 4096)));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}
