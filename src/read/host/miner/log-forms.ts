/** What one line of a miner's log says. Rates in hashes a second, difficulties in hashes (RandomX and
 *  CryptoNight count so), counters since the miner was started. */
export interface LogLine {
  readonly rateHps?: number;
  readonly acceptedCount?: number;
  readonly rejectedCount?: number;
  /** One share was accepted or rejected, and nothing counts them. */
  readonly share?: "accepted" | "rejected";
  /** Difficulty of the share that was just accepted. */
  readonly acceptedDifficulty?: number;
  readonly difficulty?: number;
  readonly pool?: string;
  readonly algorithm?: string;
  /** Huge pages or registers of the processor were set. */
  readonly tuned?: string;
}

interface LogForm {
  readonly software: string;
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray) => LogLine;
  /** Source of the wording. */
  readonly source: string;
}

const UNIT: Readonly<Record<string, number>> = { "": 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

/** "3125.4" and "k" as hashes a second; undefined for "n/a". */
function hashesIn(number: string | undefined, unit: string | undefined): number | undefined {
  const value = Number(number ?? "n/a");
  return Number.isFinite(value) ? value * (UNIT[(unit ?? "").toLowerCase()] ?? 1) : undefined;
}

function some<K extends keyof LogLine>(key: K, value: LogLine[K] | undefined): LogLine {
  return value === undefined ? {} : { [key]: value };
}

const NETWORK =
  "xmrig 2.4 to 6.21, src/net/Network.cpp and src/core/Miner.cpp; NetworkState::scaleDiff for K, M, G";
const STAK = "xmr-stak 2.10, xmrstak/misc/executor.cpp";
const MINERD = "cpuminer-multi 1.3 cpu-miner.c and ccminer 2.3 ccminer.cpp, share_result";

/** Lines of miners' logs behind their time, first match first. Every expression is linear.
 *
 *  Limits: XMRig shortens difficulties from a million on (1000225 is "1000K"): sums are low by up to 0.1 %.
 *  Difficulties of cpuminer's and ccminer's algorithms are not counted in hashes, so that they are left out.
 */
const FORMS: readonly LogForm[] = [
  {
    software: "xmrig",
    pattern:
      /speed (?:2\.5|10)s\/60s\/15m ([\d.]{1,16}|n\/a) ([\d.]{1,16}|n\/a) ([\d.]{1,16}|n\/a) ([kMGT]?)H\/s/,
    read: ([, short, medium, long, unit]) =>
      some(
        "rateHps",
        hashesIn(
          [short, medium, long].find((rate) => rate !== "n/a"),
          unit,
        ),
      ),
    source: NETWORK,
  },
  {
    software: "xmrig",
    // Renamed builds keep the counters and change the word.
    pattern: /(accepted|rejected|Yay!|Oops!) \((\d{1,12})\/(\d{1,12})\) diff (\d{1,18})([KMGT]?)/,
    read: ([, word, accepted, rejected, difficulty, unit]) => ({
      acceptedCount: Number(accepted),
      rejectedCount: Number(rejected),
      ...(word === "accepted" || word === "Yay!"
        ? some("acceptedDifficulty", hashesIn(difficulty, unit))
        : {}),
    }),
    source: NETWORK,
  },
  {
    software: "xmrig",
    pattern: /new job from (\S{1,200}) diff (\d{1,18})([KMGT]?)(?: algo (\S{1,30}))?/,
    read: ([, pool, difficulty, unit, algorithm]) => ({
      ...some("pool", pool),
      ...some("difficulty", hashesIn(difficulty, unit)),
      ...some("algorithm", algorithm),
    }),
    source: NETWORK,
  },
  {
    software: "xmrig",
    pattern: /use pool (\S{1,200})/,
    read: ([, pool]) => some("pool", pool),
    source: NETWORK,
  },
  {
    software: "xmrig",
    pattern: /huge pages (\d{1,3})% (\d{1,9})\/(\d{1,9})/,
    read: ([, , got, asked]) => (Number(got) > 0 ? { tuned: `huge pages ${got}/${asked}` } : {}),
    source: NETWORK,
  },
  {
    software: "xmrig",
    pattern: /register values for "([^"]{1,40})" preset have been set/,
    read: ([, preset]) => ({ tuned: `MSR preset ${preset}` }),
    source: "xmrig 6.2 and later, src/hw/msr/Msr_linux.cpp and src/crypto/rx/RxMsr.cpp",
  },
  {
    software: "xmrig",
    pattern: /READY (?:\(CPU\) )?threads \d{1,4}/,
    read: () => ({}),
    source: NETWORK,
  },
  {
    software: "xmrig-proxy",
    pattern: /(\d[\d.]{0,15}) ([kMGT]?)H\/s, shares: (\d{1,12})\/(\d{1,12})/,
    read: ([, rate, unit, accepted, rejected]) => ({
      ...some("rateHps", hashesIn(rate, unit)),
      acceptedCount: Number(accepted),
      rejectedCount: Number(rejected),
    }),
    source: "xmrig-proxy 6.20, src/proxy/workers/Workers.cpp and src/proxy/Proxy.cpp, print",
  },
  {
    software: "xmr-stak",
    pattern: /^Result (accepted|rejected) by the pool/,
    read: ([, word]) => ({ share: word === "accepted" ? "accepted" : "rejected" }),
    source: STAK,
  },
  {
    software: "xmr-stak",
    pattern: /^Difficulty changed\. Now: (\d{1,18})/,
    read: ([, difficulty]) => some("difficulty", hashesIn(difficulty, "")),
    source: STAK,
  },
  {
    software: "xmr-stak",
    pattern: /^Totals(?: \(ALL\))?: +(\d[\d.]{0,15})/,
    read: ([, rate]) => some("rateHps", hashesIn(rate, "")),
    source: STAK,
  },
  {
    software: "xmr-stak",
    pattern: /^(?:Fast-connecting to|Connecting to|Pool) (?:pool )?(\S{1,200}:\d{1,5})(?: pool)?(?: |$)/,
    read: ([, pool]) => some("pool", pool),
    source: STAK,
  },
  {
    software: "xmr-stak",
    pattern: /^(?:Mining coin|Start mining): (\S{1,30})/,
    read: ([, algorithm]) => some("algorithm", algorithm),
    source: STAK,
  },
  { software: "xmr-stak", pattern: /^(?:Pool logged in|New block detected)/, read: () => ({}), source: STAK },
  {
    software: "cpuminer",
    pattern: /accepted: (\d{1,12})\/(\d{1,12}) \([^)]{1,40}\), (\d[\d.]{0,15}) ([kMGT]?)(?:H|hash)\/s/,
    read: ([, accepted, all, rate, unit]) => ({
      acceptedCount: Number(accepted),
      rejectedCount: Math.max(0, Number(all) - Number(accepted)),
      ...some("rateHps", hashesIn(rate, unit)),
    }),
    source: MINERD,
  },
  {
    software: "cpuminer",
    pattern: /(?:Starting Stratum on|Stratum connection to) (\S{1,200})/,
    read: ([, pool]) => some("pool", pool),
    source: MINERD,
  },
  {
    software: "cpuminer",
    pattern: /\d{1,4} miner threads started, using '(\S{1,30})' algorithm/,
    read: ([, algorithm]) => some("algorithm", algorithm),
    source: MINERD,
  },
  { software: "cpuminer", pattern: /Stratum difficulty set to \d/, read: () => ({}), source: MINERD },
  {
    software: "t-rex",
    pattern: /\[ (?:OK|FAIL) \] (\d{1,12})\/(\d{1,12}) - (\d[\d.]{0,15}) ([kMGT]?)H\/s/,
    read: ([, accepted, all, rate, unit]) => ({
      acceptedCount: Number(accepted),
      rejectedCount: Math.max(0, Number(all) - Number(accepted)),
      ...some("rateHps", hashesIn(rate, unit)),
    }),
    source: "T-Rex 0.26, log.txt of its README",
  },
];

/** What a line says, behind its time and without colours; null when no miner writes such a line. */
export function logLine(text: string): (LogLine & { readonly software: string }) | null {
  // xmr-stak writes a colon between the time and the message.
  const body = text.startsWith(": ") ? text.slice(2) : text;
  for (const { software, pattern, read } of FORMS) {
    const match = pattern.exec(body);
    if (match !== null) return { ...read(match), software };
  }
  return null;
}
