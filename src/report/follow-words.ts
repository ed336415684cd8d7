type Said = readonly (readonly [head: string, text: string])[];

/** How followed money is read. Formulas: docs/methods.md. */
export const FOLLOW_METHODS: Said = [
  [
    "Following",
    "A block chain shows which outputs a transaction spends and which it makes: that is seen. Which " +
      "coins went from which input to which output is not in it: a transaction that also spends other " +
      "coins mixes them. Each policy is a convention for that. FIFO: what came in first leaves first; " +
      "LIFO: what came in last; haircut: every output holds the mean; TIHO: the largest output takes " +
      "them; poison: every output is wholly followed, which tells reach and never a loss. All sums are " +
      "exact satoshi: what was followed is what lies in outputs, went to fees, or was burnt; poison alone" +
      " grows.",
  ],
  [
    "Stops",
    "A trace ends at an output that is unspent, or behind which following on would tell nothing: a " +
      "service pays out of a common purse, so that its books alone can tell what left it for whom; a " +
      "CoinJoin is made so that inputs and outputs cannot be paired. Every stop says which it was.",
  ],
  [
    "Names",
    "Who holds an address is what tags say; each keeps its list, source, date and confidence. Tags that" +
      " disagree stand side by side. What an output is (change, payment, deposit) is an opinion of rules;" +
      " the error of a rule stands beside it where somebody measured it.",
  ],
  [
    "What came in",
    "Receipts are counted by transaction. The lower bound leaves out what does not look like a payment " +
      "of the kind that is counted, and says how much that is and why.",
  ],
  [
    "Worth of coins",
    "Coins times the open, high, low and close of the day on which they came in, each day at its own " +
      "prices. A day without a price is left out and the part that is covered is said; it is never 0.",
  ],
];

/** Words of followed money. */
export const FOLLOW_GLOSSARY: Said = [
  ["Change", "What a transaction gives back to the one who paid, at an address of their own."],
  [
    "CoinJoin",
    "A transaction in which several people pay together, with equal outputs, so that nobody can tell " +
      "whose coins went where.",
  ],
  ["Coinbase", "The first transaction of a block, which pays the miner new coins and the fees."],
  ["Deposit address", "An address that a service gives to one customer; its books tell to whom."],
  ["Dirty", "Of an output: the part of it that the policy says comes from what is followed."],
  ["Dust", "An output so small that spending it costs more than it holds."],
  ["Fee", "What a transaction spends and does not put into an output; the miner gets it."],
  ["FIFO", "First in, first out: coins leave in the order in which they came in."],
  [
    "Fingerprint",
    "A rule: an output is change if what spends it bears the marks of the software that made it (version, " +
      "lock time, kinds of addresses).",
  ],
  ["Haircut", "Every output of a transaction holds the same part of followed coins."],
  ["LIFO", "Last in, first out: coins that came in last leave first."],
  ["Outpoint", "One output of one transaction, written txid:number; numbers begin with 0."],
  ["Peel chain", "A row of transactions each of which peels a little off and passes on the rest."],
  [
    "Peel run",
    "A rule: in a peel chain whose transactions bear the same marks, the output at which it goes on is " +
      "change.",
  ],
  ["Peeled off", "The small part that a step of a peel chain pays out, while the rest goes on."],
  ["Poison", "Every output of a transaction that spends any followed coin counts wholly: reach, not loss."],
  [
    "Power-of-ten",
    "A rule: people pay round amounts, so that an output that is no multiple of 0.01 BTC is change.",
  ],
  ["Satoshi", "The smallest unit: 100,000,000 satoshi are one bitcoin."],
  ["Seed", "An output with which a trace begins."],
  ["Service", "Who holds coins for many: an exchange, a payment processor, a casino."],
  ["Step", "One way of followed coins through a transaction into one output, or into its fee."],
  ["Tag", "What a list says of an address: whose it is, since when it is known, and how well."],
  ["Taint", "That coins come from what is followed, by one of the policies."],
  ["TIHO", "Taint in, highest out: the largest output takes the followed coins first."],
  ["UTXO", "An output that nobody has spent yet: coins that lie still."],
];
