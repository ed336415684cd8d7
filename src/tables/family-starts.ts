import { parseIso } from "../bytes/time.ts";
import { namesIn } from "./label-names.ts";

/** When a family of ransomware was first known. */
export interface FamilyStart {
  /** YYYY-MM. */
  readonly since: string;
  readonly sinceMicros: number;
  readonly source: string;
}

type Row = readonly [families: readonly string[], since: string, source: string];

/** Families as `namesIn` writes them. Where sources differ, the earlier month. */
const ROWS: readonly Row[] = [
  [["cryptolocker"], "2013-09", "US-CERT alert TA13-309A"],
  [["cryptowall"], "2013-11", "Dell SecureWorks CTU, CryptoWall Ransomware, 2014"],
  [["teslacrypt"], "2015-02", "Cisco Talos, Threat Spotlight: TeslaCrypt, 2015"],
  [["samsam"], "2015-12", "US v. Savandi and Mansouri (D.N.J. 2018), indictment"],
  [["locky"], "2016-02", "Sophos, Naked Security, 2016-02-17"],
  [["razy"], "2016-07", "EnigmaSoft, Razy Ransomware"],
  [["wannacry", "wannacry20", "wannacrypt"], "2017-02", "Symantec Security Response, 2017-05-22"],
  [["notpetya"], "2017-06", "MITRE ATT&CK S0368"],
  [["synack"], "2017-08", "MITRE ATT&CK S0242: autumn of 2017"],
  [["badrabbit"], "2017-10", "MITRE ATT&CK S0606"],
  [["ryuk"], "2018-08", "MITRE ATT&CK S0446"],
  [["revil", "sodinokibi"], "2019-04", "MITRE ATT&CK S0496"],
  [["lockbit", "lockbit20"], "2019-09", "CISA AA23-165A"],
  [["conti"], "2019-12", "MITRE ATT&CK S0575"],
  [["darkside"], "2020-08", "CISA AA21-131A"],
  [["egregor"], "2020-09", "MITRE ATT&CK S0554"],
  [["qlocker"], "2021-04", "QNAP security advisory, 2021-04-22"],
];

const STARTS: ReadonlyMap<string, FamilyStart> = new Map(
  ROWS.flatMap(([families, since, source]) => {
    const sinceMicros = parseIso(`${since}-01`);
    if (sinceMicros === null) throw new Error(`Cannot read the table of families: ${since} is no month`);
    return families.map((family) => [family, { since, sinceMicros, source }] as const);
  }),
);

/** When the family that a label names was first known; null for one that is not in the table. */
export function familyStart(label: string): FamilyStart | null {
  for (const name of namesIn(label)) {
    const start = STARTS.get(name);
    if (start !== undefined) return start;
  }
  return null;
}
