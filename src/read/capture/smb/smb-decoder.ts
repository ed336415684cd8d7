import type { Chunk } from "../stream/chunk.ts";
import type { Decoder } from "../stream/decoder.ts";
import type { Opened, Side } from "../wire.ts";
import type { SmbMarks } from "./smb-marks.ts";
import { LOOKED_AT_BYTES, SmbMessage } from "./smb-message.ts";
import { SmbPackets } from "./smb-packets.ts";
import { SmbTalk } from "./smb-talk.ts";

/** SMB1 over TCP 445 or 139, looked at for exploits; whole messages are not kept.
 *
 *  Limits: SMB 2 and 3 are dropped at their first message: none of the marks is theirs.
 */
export class SmbDecoder implements Decoder {
  readonly held = 2 * LOOKED_AT_BYTES;
  readonly #talk: SmbTalk;
  readonly #sides: readonly [SmbPackets, SmbPackets];
  readonly #message = new SmbMessage();

  constructor(opened: Opened, marks: SmbMarks) {
    this.#talk = new SmbTalk(opened, marks);
    this.#sides = [this.#packets(0), this.#packets(1)];
  }

  feed(side: Side, chunk: Chunk): Decoder | null {
    if (this.#sides[side].feed(chunk)) return this;
    this.end();
    return null;
  }

  lost(side: Side): void {
    this.#sides[side].lost();
  }

  end(): void {
    this.#talk.end();
  }

  #packets(side: Side): SmbPackets {
    return new SmbPackets((bytes, { at, end }, origin) => {
      this.#talk.message({ side, message: this.#message.set(bytes, at, end), origin });
    });
  }
}
