/** What a command may know of the terminal and say to it.
 *  Commands print through this and never through `console`. */
export interface Terminal {
  /** Prints to standard output and waits until it is taken,
   *  so that a slow reader does not fill the memory. */
  out(text: string): Promise<void>;
  /** Prints to standard error. */
  err(text: string): void;
  readonly color: boolean;
  /** Columns of standard output; 100 where it is no terminal. */
  readonly columns: number;
  /** Whether standard error is a terminal on which progress can be drawn. */
  readonly drawsProgress: boolean;
  /** Columns of standard error as they are now: a window can change while a run goes on. */
  progressColumns(): number;
  /** Fires at the first Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Tables are not squeezed further than this; a narrower terminal wraps them. */
const NARROWEST = 40;

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether to print colours: --no-color decides, then FORCE_COLOR, NO_COLOR, whether it is a terminal.
 *
 *  Source: no-color.org (any value that is not empty), force-color.org; TERM=dumb has no colours.
 */
export function wantsColor(noColor: boolean, environment: Environment, stream: Stream): boolean {
  if (noColor) return false;
  const { FORCE_COLOR: force, NO_COLOR: none, TERM: term } = environment;
  if (force !== undefined && force !== "") return force !== "0";
  if (none !== undefined && none !== "") return false;
  return stream.isTTY === true && term !== "dumb";
}

export function terminalOf(noColor: boolean, signal: AbortSignal): Terminal {
  return {
    out: (text) => new Promise((done) => process.stdout.write(text, () => done())),
    err: (text) => void process.stderr.write(text),
    color: wantsColor(noColor, process.env, process.stdout),
    columns: columnsOf(process.stdout),
    drawsProgress: process.stderr.isTTY === true && process.env["TERM"] !== "dumb",
    progressColumns: () => columnsOf(process.stderr),
    signal,
  };
}

/** Columns of a terminal, 80 when it does not know its size (some say 0); 100 for a file or pipe. */
export function columnsOf(stream: Stream): number {
  return stream.isTTY === true ? Math.max(NARROWEST, stream.columns || 80) : 100;
}
