import type { DeedRow } from "./deed-row.ts";

/** Files that hold keys to coins, as paths in a command.
 *
 *  Sources: default folders of each program (Bitcoin Core and its forks: wallet.dat; Monero: NAME.keys beside
 *  NAME; Electrum: .electrum/wallets; geth: keystore/UTC--…; Exodus, Atomic, Jaxx, Coinomi, Wasabi, Daedalus,
 *  Ledger Live; Solana CLI: .config/solana/id.json) and the ids of browser extensions in Chrome's Web Store
 *  (MetaMask, Phantom, Trust Wallet, Coinbase Wallet, TronLink, Binance Wallet).
 */
const WALLET_FILES = new RegExp(
  "(?:\\bwallet\\.dat\\b|wallets?/\\S{0,60}\\.keys\\b|\\.electrum(?:-ltc)?/wallets|\\bUTC--\\d{4}|" +
    "\\.ethereum/keystore|exodus\\.wallet|Exodus/|atomic/Local Storage|Jaxx/|Coinomi/|walletwasabi|" +
    "\\.(?:bitcoin|litecoin|dogecoin|dashcore|zcash|bitmonero)/?(?:wallets?\\S{0,40})?(?:[\\s\"')]|$)|" +
    "Monero/wallets|Ledger Live|\\.config/solana/id\\.json|\\.lnd/data|wallet\\.db\\b|" +
    "nkbihfbeogaeaoehlefnkodbefgpgknn|bfnaelmomeimhlpmgjnjophhpkkoljpa|egjidjbpglichdcondbcbdnbeeppgdph|" +
    "hnfanknocfeofbddgcijnmhnfnkdnaad|ibnejdfjmmkpcnlpebklmnkoeoihofec|fhbohimaelbohpjbbldcngcnapndodjp)",
);

/** Files by which exchange accounts and hot wallets (those that pay by themselves) are used. */
const KEY_FILES = new RegExp(
  "(?:bitcoin\\.conf|admin\\.macaroon|freqtrade\\S{0,60}config\\S{0,20}\\.json|hummingbot|" +
    "monero-wallet-rpc\\.conf|litecoin\\.conf|geth/nodekey|binance\\S{0,40}\\.(?:json|ini|py|ya?ml)|" +
    "(?:api|exchange)[_-]?keys?\\.(?:json|txt|ya?ml|ini))",
);

/** One of these stands in every text that the expression above matches. */
const WALLET_WORDS =
  "wallet,Wallet,.electrum,UTC--,/keystore,xodus,atomic/,Jaxx,Coinomi,.bitcoin,.litecoin,.dogecoin," +
  ".dashcore,.zcash,.bitmonero,Ledger,solana,.lnd,nkbih,bfnael,egjid,hnfan,ibnej,fhboh";
const KEY_WORDS = "coin.conf,macaroon,freqtrade,hummingbot,wallet-rpc,geth,binance,api,exchange";

const LOOKS = "\\b(?:cat|less|more|head|tail|strings|xxd|base64|nano|vi|vim)\\s";
const PACKS = "\\b(?:tar|zip|7za?|rar|gzip|cp|rsync|mv|dd|gpg)\\s";
const SENDS =
  "\\b(?:scp|sftp|curl|wget|nc|ncat|netcat|rclone|ftp|lftp|tftp|aws\\s{1,9}s3|gsutil|rsync\\s[^;&|]{0,80}@)" +
  "[\\s:]";
const SEEKS = "\\b(?:find|locate|ls|grep|rg|fd|dir|where)\\s";

export const THEFT: readonly DeedRow[] = [
  {
    group: "wallet-theft",
    kind: "sent",
    words: WALLET_WORDS.split(","),
    pattern: new RegExp(SENDS),
    followedBy: [WALLET_FILES],
    says: "sent a wallet's file away",
    alone: "low",
    attack: "T1041",
  },
  {
    group: "wallet-theft",
    kind: "sent",
    words: WALLET_WORDS.split(","),
    pattern: WALLET_FILES,
    followedBy: [/\|\s{0,9}(?:nc|ncat|netcat|curl|ssh)\s/],
    spans: true,
    says: "sent a wallet's file away",
    alone: "low",
    attack: "T1041",
  },
  {
    group: "wallet-theft",
    kind: "packed",
    words: WALLET_WORDS.split(","),
    pattern: new RegExp(PACKS),
    followedBy: [WALLET_FILES],
    says: "copied or packed a wallet's file",
    alone: "silent",
    attack: "T1560.001",
  },
  {
    group: "wallet-theft",
    kind: "read",
    words: WALLET_WORDS.split(","),
    pattern: new RegExp(LOOKS),
    followedBy: [WALLET_FILES],
    says: "read a wallet's file",
    alone: "silent",
    attack: "T1005",
  },
  {
    group: "wallet-theft",
    kind: "keys",
    words: KEY_WORDS.split(","),
    pattern: new RegExp(`${LOOKS}|${PACKS}|${SENDS}`),
    followedBy: [KEY_FILES],
    says: "read or copied a file with keys to exchanges or paying wallets",
    alone: "silent",
    attack: "T1552.001",
  },
  {
    group: "wallet-theft",
    kind: "settings",
    words: [".env"],
    pattern: new RegExp(`${LOOKS}|${PACKS}|${SENDS}`),
    followedBy: [/(?:^|[\s/])\.env\b/],
    says: "read or copied a file of settings (programs often keep keys and passwords there)",
    alone: "silent",
    attack: "T1552.001",
  },
  {
    group: "wallet-theft",
    kind: "sought",
    words: WALLET_WORDS.split(","),
    pattern: new RegExp(SEEKS),
    followedBy: [WALLET_FILES],
    says: "looked for wallet files",
    alone: "silent",
    attack: "T1005",
  },
];
