import type { HostFact } from "./host-fact.ts";
import type { Endpoint, PoolMatch } from "./record.ts";

/** A file worth naming: a wallet, an executable in a place for temporary files, a hash list's match. */
export interface FileRecord extends HostFact {
  readonly kind: "file";
  readonly path: string;
  /** Row of `tables/notable-files.ts`. */
  readonly notable: string;
  readonly bytes: number | null;
  readonly mode: string | null;
  readonly modifiedMicros: number | null;
  readonly accessedMicros: number | null;
  readonly changedMicros: number | null;
  readonly sha256: string | null;
}

/** Many files of one unusual ending, written within minutes. */
export interface BurstRecord extends HostFact {
  readonly kind: "burst";
  readonly ending: string;
  readonly files: number;
  readonly lastMicros: number;
  readonly examples: readonly string[];
}

/** A payment address that stands somewhere in the evidence; `times` in one piece of it. */
export interface AddressRecord extends HostFact {
  readonly kind: "address";
  readonly coin: string;
  readonly address: string;
  readonly form: string;
  /** Its checksum was verified. */
  readonly checked: boolean;
  readonly times: number;
  /** File as it lies on the host. */
  readonly path: string;
}

/** The address of a mining pool as a URL or as host and port. */
export interface PoolUrlRecord extends HostFact {
  readonly kind: "pool-url";
  readonly url: string;
  readonly poolHost: string;
  readonly poolPort: number | null;
  readonly pool: PoolMatch | null;
  readonly times: number;
  readonly path: string;
}

/** A secret is there; its value is never kept. */
export interface SecretRecord extends HostFact {
  readonly kind: "secret";
  readonly what: "wif" | "extended-key" | "seed-phrase" | "private-key" | "api-key";
  readonly times: number;
  readonly path: string;
}

/** A text that demands money. */
export interface RansomNoteRecord extends HostFact {
  readonly kind: "ransom-note";
  readonly path: string;
  readonly addresses: readonly { readonly coin: string; readonly address: string }[];
  readonly amounts: readonly string[];
  readonly deadlines: readonly string[];
  readonly contacts: readonly string[];
  /** Sentences that demand or threaten, as found. */
  readonly demands: readonly string[];
}

/** What a host of a capture did over SMB1 that only EternalBlue or DoublePulsar does. `host` is the
 *  client's address. */
export interface SmbRecord extends HostFact {
  readonly kind: "smb";
  /** Row of `tables/smb-exploits.ts`. */
  readonly mark: string;
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly times: number;
  readonly lastMicros: number;
}

/** A name was asked for that a known family of malware asks for. */
export interface NameQueryRecord extends HostFact {
  readonly kind: "name-query";
  readonly client: string;
  readonly name: string;
  /** Row of `tables/malware-names.ts`. */
  readonly family: string;
  readonly times: number;
}

/** A rule of the user's matched a file. */
export interface YaraRecord extends HostFact {
  readonly kind: "yara";
  readonly rule: string;
  readonly path: string;
}
