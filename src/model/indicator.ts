export const INDICATOR_KINDS = [
  "address",
  "ip",
  "domain",
  "url",
  "sha256",
  "sha1",
  "md5",
  "file-name",
  "email",
  "key",
] as const;
export type IndicatorKind = (typeof INDICATOR_KINDS)[number];

/** Something that the user asks to look for, from a list, a STIX bundle or a MISP event.
 *
 *  Shape: `value` as it is compared: hashes, names and domains in lower case, payment addresses as written.
 */
export interface Indicator {
  readonly kind: IndicatorKind;
  readonly value: string;
  /** Of an address of the network, where the list names one. */
  readonly port: number | null;
  /** File that it stands in, and what that file says of it. */
  readonly source: string;
  readonly says: string | null;
}
