import {
  DOUBLEPULSAR_ANSWERS,
  DOUBLEPULSAR_COMMANDS,
  NT_STATUS,
  type SmbMarkId,
  WANNACRY_TREES,
} from "../../../tables/smb-exploits.ts";
import { type Origin, placeAt } from "../stream/chunk.ts";
import type { Opened, Side } from "../wire.ts";
import type { SmbMarks } from "./smb-marks.ts";
import {
  COMMAND,
  PEEK_NAMED_PIPE,
  SMB_HEADER_BYTES,
  type SmbMessage,
  TRANS2_SESSION_SETUP,
} from "./smb-message.ts";

/** Requests of a kind that wait for their answer; the oldest gives way. Windows allows 50 at once. */
const MAX_OPEN = 64;

interface Called {
  readonly command: "ping" | "run" | "remove";
  readonly side: Side;
  readonly origin: Origin;
  readonly hex: string;
}

/** What a message is, and where it stands. */
interface Heard {
  readonly side: Side;
  readonly message: SmbMessage;
  readonly origin: Origin;
}

/** The share as it stands in a request: UTF-16 or one byte a character. Searched for as bytes: Node's search
 *  for a UTF-16 text in a buffer of odd length does not always end (20.19). */
const TREES = WANNACRY_TREES.map((ip) => {
  const path = `\\\\${ip}\\IPC$`;
  return { ip, path, spelled: [Buffer.from(path, "utf16le"), Buffer.from(path, "latin1")] };
});

const DONE: Readonly<Record<Called["command"], SmbMarkId>> = {
  ping: "doublepulsar-present",
  run: "doublepulsar-ran",
  remove: "doublepulsar-removed",
};

/** Looks for the marks of `tables/smb-exploits.ts` in one conversation. */
export class SmbTalk {
  readonly #opened: Opened;
  readonly #marks: SmbMarks;
  /** Transactions begun as NT Trans → secondary requests of the wrong kind so far. */
  readonly #begun = new Map<string, number>();
  /** By multiplex id. */
  readonly #called = new Map<number, Called>();
  readonly #probed = new Set<number>();

  constructor(opened: Opened, marks: SmbMarks) {
    this.#opened = opened;
    this.#marks = marks;
  }

  message(heard: Heard): void {
    if (heard.message.isAnswer) this.#answer(heard);
    else this.#request(heard);
  }

  end(): void {
    for (const [id, { side, origin, hex }] of this.#called) {
      this.#tell("doublepulsar-unanswered", { side, origin, says: `multiplex id ${id}`, hex });
    }
    this.#called.clear();
  }

  #request(heard: Heard): void {
    const { side, message, origin } = heard;
    const { command, multiplexId } = message;
    if (command === COMMAND.ntTrans) hold(this.#begun, message.transaction, 0);
    else if (command === COMMAND.trans2Secondary) this.#secondary(heard);
    else if (command === COMMAND.tree) this.#tree(heard);
    else if (command === COMMAND.trans2) {
      this.#begun.delete(message.transaction);
      if (message.subcommand !== TRANS2_SESSION_SETUP) return;
      const told = DOUBLEPULSAR_COMMANDS.get(message.timeoutSum);
      if (told === undefined) return;
      hold(this.#called, multiplexId, { command: told, side, origin, hex: message.hex() });
    } else if (command === COMMAND.trans) {
      this.#begun.delete(message.transaction);
      if (message.subcommand !== PEEK_NAMED_PIPE || message.fileId !== 0) return;
      if (this.#probed.size < MAX_OPEN) this.#probed.add(multiplexId);
    }
  }

  #secondary({ side, message, origin }: Heard): void {
    const { transaction, multiplexId } = message;
    const count = this.#begun.get(transaction);
    if (count === undefined) return;
    this.#begun.set(transaction, count + 1);
    const says = `NT Trans, then Trans2 secondary, multiplex id ${multiplexId}`;
    this.#tell("eternalblue-groom", { side, origin, says, hex: message.hex() });
  }

  #tree({ side, message, origin }: Heard): void {
    const server = this.#opened.endpoints[side === 0 ? 1 : 0].ip;
    const asked = TREES.find(({ ip, spelled }) => ip !== server && spelled.some((one) => message.holds(one)));
    if (asked === undefined) return;
    this.#tell("wannacry-tree", { side, origin, says: `Tree Connect ${asked.path}`, hex: message.hex() });
  }

  #answer(heard: Heard): void {
    const { message } = heard;
    const { command } = message;
    if (command === COMMAND.trans) this.#probeAnswer(heard);
    else if (command === COMMAND.trans2 || command === COMMAND.ntTrans) {
      if ((this.#begun.get(message.transaction) ?? 0) > 0) this.#exploitAnswer(heard);
      else if (command === COMMAND.trans2 && this.#called.size > 0) this.#callAnswer(heard);
    }
  }

  #probeAnswer({ side, message, origin }: Heard): void {
    if (!this.#probed.delete(message.multiplexId)) return;
    const { ntStatus } = message;
    const mark = ntStatus === NT_STATUS.insufficientResources ? "ms17-010-open" : "ms17-010-closed";
    const says = `Trans PeekNamedPipe of file 0 answered ${statusText(ntStatus)}`;
    this.#tell(mark, { side: other(side), origin, says, hex: message.hex() });
  }

  #exploitAnswer({ side, message, origin }: Heard): void {
    const { ntStatus, multiplexId, transaction } = message;
    const isOverwritten = message.command === COMMAND.trans2 && ntStatus === NT_STATUS.invalidParameter;
    const secondaries = this.#begun.get(transaction) ?? 0;
    this.#begun.delete(transaction);
    const answer = statusText(ntStatus);
    const says = `${secondaries} secondary requests answered ${answer}, multiplex id ${multiplexId}`;
    const mark = isOverwritten ? "eternalblue-overwrite" : "eternalblue-refused";
    this.#tell(mark, { side: other(side), origin, says, hex: message.hex() });
  }

  #callAnswer({ side, message, origin }: Heard): void {
    const id = message.multiplexId;
    const { done, badParameters, noMemory } = DOUBLEPULSAR_ANSWERS;
    for (const added of [0, done, badParameters, noMemory]) {
      const called = this.#called.get(id - added);
      if (called === undefined || called.side === side) continue;
      this.#called.delete(id - added);
      const mark =
        added === 0 ? "doublepulsar-absent" : added === done ? DONE[called.command] : "doublepulsar-refused";
      const says =
        `Trans2 SESSION_SETUP (${called.command}), multiplex id ${id - added} answered ${id}, ` +
        statusText(message.ntStatus);
      return this.#tell(mark, { side: called.side, origin, says, hex: message.hex() });
    }
  }

  /** `side` is the client's. */
  #tell(
    mark: SmbMarkId,
    { side, origin, says, hex }: { side: Side; origin: Origin; says: string; hex: string },
  ): void {
    const { endpoints } = this.#opened;
    this.#marks.add(mark, {
      client: endpoints[side],
      server: endpoints[other(side)],
      atMicros: origin.atMicros,
      place: placeAt(origin, SMB_HEADER_BYTES),
      excerpt: `${says} (${hex})`,
    });
  }
}

function other(side: Side): Side {
  return side === 0 ? 1 : 0;
}

/** Remembers the newest; the oldest gives way. */
function hold<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  if (map.size >= MAX_OPEN) {
    for (const oldest of map.keys()) {
      map.delete(oldest);
      break;
    }
  }
  map.set(key, value);
}

function statusText(status: number | null): string {
  return status === null ? "with no NT status" : `0x${status.toString(16).toUpperCase().padStart(8, "0")}`;
}
