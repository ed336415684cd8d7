declare module "unbzip2-stream/lib/bit_iterator.js" {
  /** Reads bits of the buffers that are handed to it. */
  export interface Bits {
    (count: number | null): number;
    readonly bytesRead: number;
  }
  // biome-ignore lint/style/noDefaultExport: it is the package's own.
  export default function bitIterator(next: () => Uint8Array): Bits;
}

declare module "unbzip2-stream/lib/bzip2.js" {
  import type { Bits } from "unbzip2-stream/lib/bit_iterator.js";

  const bzip2: {
    /** Size of the blocks in 100,000 bytes. */
    header(bits: Bits): number;
    /** One block, byte by byte; the checksum so far, null behind the last block. */
    decompress(
      bits: Bits,
      take: (byte: number) => void,
      work: Int32Array,
      size: number,
      checksum: number | null,
    ): number | null;
  };
  // biome-ignore lint/style/noDefaultExport: it is the package's own.
  export default bzip2;
}
