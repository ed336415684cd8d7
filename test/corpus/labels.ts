/** What the miner's own console said at the end of a capture of CJ-Sniffer; null where the label says
 *  "unknown". */
export interface Label {
  readonly id: string;
  readonly hashrate15mHps: number | null;
  readonly accepted: number | null;
  readonly rejected: number | null;
}

export function parseLabels(csv: string): ReadonlyMap<string, Label> {
  const [head = "", ...rows] = csv.trim().split("\n");
  const columns = head.split(",");
  const labels = rows.map((row) => {
    // The label of 1578529652_yUoQZ lacks the comma between its rates over 10 and 60 seconds ("259.2
    // 369.1"), so that every later field stands one column too early.
    const cells = row.replace("yes,no,259.2 369.1,", "yes,no,259.2,369.1,").split(",");
    const cell = (name: string): string => cells[columns.indexOf(name)] ?? "";
    const [accepted = "", rejected = ""] = cell("accepted_rejected").split("/");
    return {
      id: cell("id"),
      hashrate15mHps: numberOrNull(cell("hashrate_15m_hps")),
      accepted: numberOrNull(accepted),
      rejected: numberOrNull(rejected),
    };
  });
  return new Map(labels.map((label) => [label.id, label]));
}

function numberOrNull(text: string): number | null {
  const value = Number(text);
  return text === "" || Number.isNaN(value) ? null : value;
}
