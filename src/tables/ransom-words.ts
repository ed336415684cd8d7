/** What texts that demand ransom say, by what it means. Own wording of phrases that notes of many families
 *  share (own reading of published notes); each expression is linear and bounded, in any case of letters.
 *
 *  A note speaks to its reader and demands; an article about one reports. `REPORTING` holds
 *  words of the latter.
 */
export interface RansomFeature {
  readonly id: "harm" | "demand" | "promise" | "deadline";
  readonly expressions: readonly RegExp[];
}

const THINGS =
  "(?:important |personal |all |private |company |corporate )?" +
  "(?:files|data|documents|databases?|photos|servers?|systems?|computers?|networks?|backups?|hard drives?)";
const DONE =
  "(?:encrypted|locked|crypted|encoded|stolen|downloaded|exfiltrated|deleted|wiped|dumped|backed up|hacked)";

export const RANSOM_FEATURES: readonly RansomFeature[] = [
  {
    id: "harm",
    expressions: [
      new RegExp(
        `\\byour ${THINGS}[^.!?\\n]{0,60}\\b(?:have|has|had|are|is|were|was)\\b[^.!?\\n]{0,20}\\b${DONE}\\b`,
        "i",
      ),
      new RegExp(`\\bwe (?:have )?${DONE} (?:all )?(?:of )?your ${THINGS}`, "i"),
      /\b(?:ooops|oops|attention|all)[,! ]{1,3}(?:of )?your [^.!?\n]{0,40}\bencrypted\b/i,
      new RegExp(
        String.raw`\b(?:ihre|deine|eure) [^.!?\n]{0,30}\b(?:dateien|daten|dokumente)\b[^.!?\n]{0,40}\b` +
          String.raw`(?:verschlüsselt|gesperrt)\b`,
        "i",
      ),
      new RegExp(
        String.raw`\bvos (?:fichiers|données|documents)\b[^.!?\n]{0,40}\b(?:chiffrés|chiffrées|cryptés|` +
          "cryptées|verrouillés)",
        "i",
      ),
      /\b(?:sus|tus) (?:archivos|datos|documentos)\b[^.!?\n]{0,40}\b(?:cifrados|encriptados|bloqueados)\b/i,
      new RegExp(
        String.raw`\bseus (?:arquivos|ficheiros|dados|documentos)\b[^.!?\n]{0,40}\b(?:criptografados|` +
          String.raw`encriptados|bloqueados)\b`,
        "i",
      ),
      new RegExp(
        String.raw`\bi (?:tuoi|vostri|suoi) (?:file|dati|documenti)\b[^.!?\n]{0,40}\b(?:criptati|` +
          String.raw`crittografati|cifrati)\b`,
        "i",
      ),
      /ваши (?:файлы|данные|документы)[^.!?\n]{0,40}зашифрованы/i,
      /(?:您|你)的[^。！\n]{0,20}(?:文件|文档|数据)[^。！\n]{0,20}加密/,
    ],
  },
  {
    id: "demand",
    expressions: [
      /\b(?:you (?:must|need to|have to|should|can)|please) (?:pay|send|transfer|buy|purchase)\b/i,
      new RegExp(
        String.raw`\b(?:pay|send|transfer)\b[^.!?\n]{0,60}(?:\b(?:bitcoins?|btc|monero|xmr|ransom)\b|` +
          String.raw`[$€£] ?\d|\d ?(?:usd|eur)\b)`,
        "i",
      ),
      new RegExp(
        String.raw`\bto (?:recover|restore|decrypt|unlock|get back)\b[^.!?\n]{0,60}\b(?:pay|send|contact` +
          String.raw`|buy|purchase)\b`,
        "i",
      ),
      /\b(?:zahlen|senden|überweisen) sie\b|\b(?:payez|envoyez|payer)\b|\b(?:pague|envíe|envie|pagar)\b/i,
      /\b(?:inviare|pagare|invia)\b|(?:оплатите|отправьте|переведите|заплатить)|(?:支付|付款)/i,
    ],
  },
  {
    id: "promise",
    expressions: [
      new RegExp(
        String.raw`\b(?:decrypt|recover|restore|unlock|return)\b[^.!?\n]{0,30}\b(?:your|the|all) ` +
          String.raw`[^.!?\n]{0,20}(?:files?|data|documents?|databases?|network)\b`,
        "i",
      ),
      /\bdecrypt(?:or|er|ion) (?:key|tool|software|program|code)\b|\bprivate key\b|\bdecryptor\b/i,
      new RegExp(
        String.raw`\b(?:entschlüsseln|déchiffrer|décrypter|descifrar|desencriptar|descriptografar|` +
          String.raw`decriptare|decifrare)\b`,
        "i",
      ),
      /расшифро|解密|恢复/i,
    ],
  },
  {
    id: "deadline",
    expressions: [
      new RegExp(
        String.raw`\b(?:within|in|after|only|have|next) (?:the next )?(?:\d{1,3}|two|three|five|seven|` +
          String.raw`ten) ?(?:hours?|days?|hrs)\b`,
        "i",
      ),
      new RegExp(
        String.raw`\b(?:otherwise|if you (?:do not|don't|fail))\b[^.!?\n]{0,120}\b(?:deleted?|lost|` +
          String.raw`publish(?:ed)?|leak(?:ed)?|sold|sell|disclosed|doubled?|destroyed)\b`,
        "i",
      ),
      /\bprice (?:will be|is going to be|will) (?:doubled?|raised?|increased?)\b/i,
      new RegExp(
        String.raw`\b(?:innerhalb von|dans les|en|entro|em) \d{1,3} (?:stunden|tagen|heures|jours|horas|` +
          String.raw`días|dias|ore|giorni)\b`,
        "i",
      ),
      /\d{1,3} (?:часов|дней|дня)|\d{1,3} ?(?:小时|天)/i,
    ],
  },
];

/** An amount of money as notes write it. */
export const RANSOM_AMOUNT = new RegExp(
  String.raw`(?:[$€£] ?\d{1,3}(?:[,.]?\d{3}){0,3}(?:\.\d{1,2})?|\b\d{1,7}(?:[.,]\d{1,8})? ?(?:btc|` +
    String.raw`bitcoins?|xmr|monero|eth|usd|eur|dollars?|euros?)\b)`,
  "gi",
);

/** Ways to reach the one who demands. */
export const RANSOM_CONTACTS: readonly RegExp[] = [
  /\b[a-z0-9][a-z0-9._%+-]{0,62}@[a-z0-9][a-z0-9.-]{0,60}\.[a-z]{2,10}\b/gi,
  /\b(?:[a-z2-7]{16}|[a-z2-7]{56})\.onion\b/gi,
  /\b(?:t\.me\/|telegram[: ]{1,3}@?)[a-z0-9_]{4,32}\b/gi,
  /\btox(?: id)?[: ]{1,3}[0-9a-f]{76}\b/gi,
  /\b(?:session id|session)[: ]{1,3}05[0-9a-f]{64}\b/gi,
];

/** Words of those who write about ransomware, not of those who demand; seldom in a note. */
export const REPORTING: readonly RegExp[] = [
  /\bransomware\b/i,
  /\b(?:victims?|victim's)\b/i,
  /\bresearchers?\b/i,
  /\b(?:threat actors?|attackers?|the gang|operators?)\b/i,
  /\b(?:malware|trojan|worm|payload|sample)\b/i,
  /\b(?:indicators? of compromise|iocs?|yara|sigma|snort|suricata|mitre|att&ck|cve-\d{4})\b/i,
  /\b(?:according to|reported(?:ly)?|published (?:by|on)|analysis|campaign|vulnerability|patch(?:ed)?)\b/i,
  /\b(?:readme|changelog|test|fixture|parser|detector|license)\b/i,
];
