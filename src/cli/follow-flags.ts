import { type Flag, SWITCH, VALUE } from "./flag.ts";

/** The flags of `paydirt follow` that no other command has. */
export const FOLLOW_FLAGS = {
  chain: {
    ...VALUE,
    value: "SOURCE",
    kind: "chain",
    help: "Where the blocks are: blocks:PATH, rpc:URL, esplora:URL or slice:FILE",
    more:
      "blocks: the blocks folder of Bitcoin Core, or block files copied from it. rpc: the node of that " +
      "URL. esplora: the explorer of that URL, which learns what is asked for. slice: transactions or " +
      "payments that were saved (Esplora objects, a Ransomwhere export, CSV with txid, time, address, " +
      "satoshi). Only what is named here is contacted.",
  },
  policy: {
    ...VALUE,
    value: "POLICY,…",
    kind: "policies",
    help: "fifo (default), lifo, haircut, poison, tiho; several for comparison",
    more:
      "How dirty coins that are spent together with clean ones are said to be divided among the outputs. " +
      "That is a convention and no fact: docs/methods.md tells each one's rules.",
  },
  until: {
    ...VALUE,
    value: "DATE|HEIGHT",
    kind: "until",
    help: "Look no further than this day, time or block (included)",
    more: "A day counts to its end in UTC; a time is written as 2017-08-03T03:30Z.",
  },
  "no-fees": {
    ...SWITCH,
    help: "Do not follow dirty fees into the coinbases of the miners who earned them",
  },
  backward: {
    ...SWITCH,
    help: "Tell where the coins came from instead of where they went",
  },
  into: {
    ...VALUE,
    value: "CASE",
    kind: "folder",
    help: "Add the trace to this case; its Bitcoin addresses are the default seeds",
    more:
      "The case is replaced as a whole once the trace is done, or stays as it is. A trace that it holds of " +
      "the same question through blocks or a node goes on behind its last block, where that gives the same " +
      "as reading all blocks again.",
  },
  tags: {
    ...VALUE,
    value: "PATH",
    kind: "file",
    repeatable: true,
    help: "Names of addresses: TagPacks, ActorPacks, OFAC lists, own CSV; repeatable",
    more:
      "A file, or a folder of them. A trace stops at addresses of exchanges, mixers and other services. " +
      "Own lists are CSV with the columns address and label, and, where known, category, source, date and " +
      "confidence.",
  },
  cluster: {
    ...SWITCH,
    help: "Seeds and tags stand for all addresses that are spent with them",
    more:
      "All blocks are read once before the trace, for addresses that are spent together. The addresses " +
      "of a seed's cluster are seeds too, and a tag of a service holds for its cluster. CoinJoins join " +
      "nothing. Block files need their undo data (rev*.dat). An explorer or a slice is asked for the " +
      "seeds' clusters alone.",
  },
  swaps: {
    ...VALUE,
    value: "FILE",
    kind: "file",
    repeatable: true,
    help: "Records of swaps (ShapeShift, Changelly), as JSON or CSV; repeatable",
  },
  hop: {
    ...VALUE,
    value: "TXID=VOUT",
    kind: "hop",
    repeatable: true,
    help: "In this transaction all dirty coins go to this output; repeatable",
    more: "For what the examiner knows and no rule can tell. It is recorded in the trace and in the report.",
  },
  "min-sats": {
    ...VALUE,
    value: "SATS",
    kind: "sats",
    help: "Follow no output with fewer dirty satoshi than this (default: 546)",
  },
  demand: {
    ...VALUE,
    value: "LOW-HIGH",
    kind: "text",
    repeatable: true,
    help: "Ransom that was demanded, such as 250-350 (USD) or 0.5-1btc; repeatable",
    more: "Receipts within it are counted apart as ransom-sized. Without it known demands of families are.",
  },
  cache: {
    ...VALUE,
    value: "DIR",
    kind: "folder",
    help: "Folder for answers of an explorer (default: $XDG_CACHE_HOME/paydirt)",
    more: "A second run asks only for what is not settled, and one that was cut off goes on from there.",
  },
} as const satisfies Record<string, Flag>;
