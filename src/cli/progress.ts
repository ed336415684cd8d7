import { bytes, duration } from "../report/numbers.ts";
import { cut, visible } from "../report/visible.ts";

/** Redraws at most this often; a faster eye does not read faster. */
const REDRAW_MILLIS = 100;
/** No time left is told before this much time has passed: the first seconds predict badly. */
const SETTLE_SECONDS = 1;
const ERASE = "\r\u001b[2K";

/** How far a job is. */
export interface Step {
  /** What is being done, e.g. "Reading". */
  readonly doing: string;
  readonly bytesDone: number;
  /** null when it cannot be known, as for standard input. */
  readonly bytesTotal: number | null;
  readonly file: string | null;
}

export interface ProgressLine {
  /** Cheap enough to be called for every chunk: it looks at the clock, and draws ten times a second. */
  show(step: Step): void;
  /** Wipes the line, so that what is printed next begins on a clean one. */
  end(): void;
}

/** A line on a terminal that is drawn over and over. `now` is in milliseconds. */
export function startProgress(
  draw: (text: string) => void,
  columns: () => number,
  now: () => number = performance.now.bind(performance),
): ProgressLine {
  let drawnAt = Number.NEGATIVE_INFINITY;
  let doing = "";
  let began = 0;
  let isDrawn = false;
  return {
    show(step) {
      const at = now();
      if (at - drawnAt < REDRAW_MILLIS) return;
      if (step.doing !== doing) {
        doing = step.doing;
        began = at;
      }
      drawnAt = at;
      isDrawn = true;
      draw(ERASE + progressLine(step, (at - began) / 1000, columns()));
    },
    end() {
      if (isDrawn) draw(ERASE);
      isDrawn = false;
    },
  };
}

/** "Reading  42 %  412 MB of 981 MB  1.90 GB/s  12 s left  a.pcap", at most `columns` - 1 wide. */
export function progressLine(step: Step, seconds: number, columns: number): string {
  const { doing, bytesDone, bytesTotal, file } = step;
  const parts = [doing];
  if (bytesTotal === null) parts.push(bytes(bytesDone));
  else if (bytesTotal > 0) {
    parts.push(`${Math.min(100, Math.floor((bytesDone / bytesTotal) * 100))} %`.padStart(5));
    parts.push(`${bytes(bytesDone)} of ${bytes(bytesTotal)}`);
  }
  const rate = seconds > 0 ? bytesDone / seconds : 0;
  if (rate > 0) parts.push(`${bytes(rate)}/s`);
  if (rate > 0 && bytesTotal !== null && seconds >= SETTLE_SECONDS && bytesDone < bytesTotal) {
    parts.push(`${duration(Math.ceil((bytesTotal - bytesDone) / rate))} left`);
  }
  if (file !== null) parts.push(visible(file));
  return cut(parts.join("  "), Math.max(10, columns - 1));
}
