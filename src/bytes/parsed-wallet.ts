/** A payment address whose form was checked.
 *
 *  Shape: `coin` is a lower-case ticker; `checked` is false only where the form carries no checksum: an
 *  Ethereum address in one case only.
 */
export interface ParsedWallet {
  readonly address: string;
  readonly coin: string;
  readonly form: string;
  readonly checked: boolean;
}
