import type { CaseTag } from "../../../src/model/follow-case.ts";
import { bytesAt } from "../../../src/model/place.ts";
import { address } from "./theft.ts";

/** Tags of the addresses that the theft reaches; one is tagged as two services. */
export function theftTags(): readonly CaseTag[] {
  const tag = (id: string, to: string, over: Partial<CaseTag>): CaseTag => ({
    id,
    address: address(to),
    coin: "btc",
    label: to.replace(/ \d+$/, ""),
    category: "exchange",
    abuse: null,
    actor: to.replace(/ \d+$/, "").toLowerCase(),
    source: "https://tags.example/exchanges",
    date: "2019-04-03",
    confidence: "service_data",
    isClusterDefiner: false,
    list: "Exchange addresses",
    place: { ...bytesAt("e2", 1204 + Number(id.slice(1)) * 212, 188), line: 40 + Number(id.slice(1)) * 9 },
    conflicts: [],
    caution: null,
    ...over,
  });
  return [
    tag("g1", "Huobi 1", { conflicts: ["g6"] }),
    tag("g2", "Huobi 2", {}),
    tag("g3", "Binance 1", {}),
    tag("g4", "Binance 2", {
      confidence: "web_crawl",
      caution: "the address was active from 2013 on, four years before the tagged entity existed",
    }),
    tag("g5", "ShapeShift 1", {}),
    tag("g6", "Huobi 1", {
      label: "Bithumb hot wallet",
      actor: "bithumb",
      confidence: "forum",
      date: "2018-02-11",
      list: "Tags of a forum",
      conflicts: ["g1"],
    }),
    tag("g7", "thief", {
      label: "Exchange theft of December 2017",
      category: "perpetrator",
      abuse: "service_hack",
      actor: null,
      confidence: "heuristic",
    }),
  ];
}
