/** A payment address whose form was checked; the same shape as the model's `Wallet`, which this folder cannot
 *  import.
 *
 *  Shape: `coin` is a lower-case ticker; `checked` is false only where the form carries no checksum.
 */
export interface ParsedWallet {
  readonly address: string;
  readonly coin: string;
  readonly form: string;
  readonly checked: boolean;
}
