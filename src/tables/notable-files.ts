/** Files worth naming by their path alone. Facts from the sources in each row.
 *
 *  Shape: `path` in lower case with "/" between folders, `isExecutable` by the bits of its mode.
 */
export interface NotableFile {
  readonly id: string;
  readonly says: string;
  readonly source: string;
  matches(path: string, isExecutable: boolean): boolean;
}

/** Endings that families of ransomware give to what they encrypted, as the sources below name them. Endings
 *  that other programs use (".encrypted", ".locked", ".crypt") are left out. */
const RANSOM_ENDINGS = new RegExp(
  String.raw`\.(?:locky|zepto|aesir|osiris|cerber[23]?|cryptolocker|lockbit|ryuk|akira|babyk|rhysi` +
    "da|esxiargs|emario|deadbolt|ech0raix|revil|makop|djvu)$",
  "",
);

const TEMPORARY = /^(?:\/private)?\/(?:tmp|var\/tmp|dev\/shm)\//;
/** Folders that hide themselves by custom and hold programs rightly. */
const USUAL_HIDDEN = new RegExp(
  String.raw`\/\.(?:local|cargo|rustup|nvm|npm|npm-global|yarn|pnpm|vscode(?:-server)?|cursor(?:-s` +
    "erver)?|config|cache|git|githooks|husky|venv|virtualenvs|pyenv|rbenv|rvm|gem|deno|bun" +
    "|dotnet|nuget|gradle|m2|sdkman|go|asdf|jenv|nix-profile|oh-my-zsh|mozilla|wine|steam|" +
    String.raw`android|docker|kube|terraform(?:\.d)?|vagrant\.d|cabal|ghcup|opam|emacs\.d|vim|fzf|tm` +
    String.raw`ux|x11-unix|ice-unix|font-unix|xim-unix)(?:\/|$)`,
  "",
);
const HIDDEN = /\/\.[^/]+\//;

export const NOTABLE_FILES: readonly NotableFile[] = [
  {
    id: "wannacry-file",
    says: "a file of WannaCry's",
    source: "Mandiant, WannaCry Malware Profile (2017-05-23)",
    matches: (path) =>
      new RegExp(
        String.raw`(?:\.wncryt?|\.wcry|\.wncyr|\/@please_read_me@\.txt|\/@wanadecryptor@\.(?:exe|exe\.ln` +
          String.raw`k|bmp)|\/mssecsvc\.exe)$`,
        "",
      ).test(path),
  },
  {
    id: "ransom-ending",
    says: "an ending that ransomware gives",
    source: "vendors' reports of the families of these names, 2016 to 2024; own selection",
    matches: (path) => RANSOM_ENDINGS.test(path),
  },
  {
    id: "ransom-note-name",
    says: "a name that ransomware gives to its notes",
    source: "vendors' reports of Dharma, Phobos, eCh0raix, LockBit, Akira, Conti, DeadBolt; own selection",
    matches: (path) =>
      new RegExp(
        String.raw`\/(?:[!_#@=-]{0,5}(?:how[_ -]to[_ -](?:decrypt|restore|recover)|decrypt[_ -](?:my|you` +
          "r)[_ -]files?|restore[_ -]my[_ -]files|recover(?:y)?[_ -](?:files|instructions?)|read" +
          "me[_ -]for[_ -]decrypt|your[_ -]files[_ -]are[_ -]encrypted|files[_ -]encrypted|resto" +
          String.raw`re-my-files|akira_readme|deadbolt_readme)[^/]{0,60}\.(?:txt|html?|hta|rtf))$`,
        "",
      ).test(path),
  },
  {
    id: "wallet",
    says: "a wallet",
    source:
      "default places of Bitcoin Core and kin, Monero, Electrum, Exodus and MetaMask, by their documentation",
    matches: (path) =>
      /\/wallet\.dat$/.test(path) ||
      /\/(?:\.bitmonero|monero|bitmonero)\/[^|]{0,200}\.keys$|wallet[^/]{0,60}\.keys$/.test(path) ||
      /\/\.?electrum(?:-[a-z]+)?\/wallets\/[^/]+$/.test(path) ||
      /\/exodus\/exodus\.wallet\//.test(path) ||
      /nkbihfbeogaeaoehlefnkodbefgpgknn\/[^/]+\.(?:ldb|log)$/.test(path),
  },
  {
    id: "login-log",
    says: "a log of logins",
    source: "sshd(8), last(1), auditd(8): default places on Debian and RHEL",
    matches: (path) => /^\/var\/log\/(?:wtmp|lastlog|auth\.log|secure|audit\/audit\.log)$/.test(path),
  },
  {
    id: "login-keys",
    says: "keys that may log in",
    source: "sshd(8), AUTHORIZED_KEYS FILE FORMAT",
    matches: (path) => /\/\.ssh\/authorized_keys2?$/.test(path),
  },
  {
    id: "temporary-executable",
    says: "a program in a folder for temporary files",
    source: "MITRE ATT&CK v18.1, T1036.005 and T1564.001; Filesystem Hierarchy Standard 3.0, /tmp",
    matches: (path, isExecutable) => isExecutable && TEMPORARY.test(path),
  },
  {
    id: "hidden-executable",
    says: "a program in a hidden folder",
    source: "MITRE ATT&CK v18.1, T1564.001 Hidden Files and Directories",
    matches: (path, isExecutable) =>
      isExecutable &&
      HIDDEN.test(path) &&
      !USUAL_HIDDEN.test(path) &&
      !/^\/(?:usr|lib|opt|snap|var\/lib|nix)\//.test(path),
  },
];

/** The first row that the file is of; null for none. */
export function notableFile(path: string, isExecutable: boolean): NotableFile | null {
  const folded = path.toLowerCase().replaceAll("\\", "/");
  return NOTABLE_FILES.find((row) => row.matches(folded, isExecutable)) ?? null;
}

/** Endings behind another ending that builds, packages, backups and tools write, many at once. Own list. */
const USUAL_ENDINGS: ReadonlySet<string> = new Set(
  (
    "gz bz2 xz zst lz4 zip 7z br tar tgz z lzma o obj d dwo lo la a so dylib gcno gcda gcov " +
    "map snap orig rej bak old " +
    "save new tmp temp part crdownload swp swo lock pid md5 sha1 sha256 sha512 asc sig sign " +
    "gpg pem crt cer key csr " +
    "meta json json5 yaml yml xml txt md rst log html htm css scss less js mjs cjs ts mts cts " +
    "tsx jsx vue svelte py " +
    "pyc pyo pyi rb php java class jar war kt go rs c cc cpp cxx h hh hpp hxx inc in am ac m4 " +
    "cmake mk sh bash zsh fish " +
    "pl pm lua sql sqlite db csv tsv doc docx xls xlsx ppt pptx odt ods pdf ps eps svg png " +
    "jpg jpeg gif webp bmp ico tif tiff " +
    "mp3 mp4 mkv avi mov wav flac ogg webm woff woff2 ttf otf eot exe dll sys msi cab mui cat " +
    "inf manifest nupkg whl egg " +
    "deb rpm apk dsc changes dpkg-new dpkg-dist dpkg-old dpkg-tmp rpmnew rpmsave rpmorig " +
    "pacnew pacsave list md5sums conffiles " +
    "postinst preinst postrm prerm triggers shlibs symbols templates mo po pot gmo cmd bat " +
    "ps1 vbs conf cfg cnf ini toml env " +
    "example sample template dist default service timer socket target mount path rules device " +
    "wants requires " +
    "hyb dcu tlb tlog pdb ilk idx pack rev bin dat index test spec stories d.ts flow mustache " +
    "hbs ejs erb tt tpl j2"
  ).split(" "),
);

/** The ending of a file that has another, known one before it, as a renamed document has: ".xyz" of
 *  "report.docx.xyz". Null where the name has none such, or where the last one is usual. */
export function oddEnding(path: string): string | null {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  const last = name.lastIndexOf(".");
  const before = name.lastIndexOf(".", last - 1);
  if (last <= 0 || before <= 0) return null;
  const ending = name.slice(last + 1);
  const inner = name.slice(before + 1, last);
  if (ending.length < 2 || ending.length > 32 || USUAL_ENDINGS.has(ending)) return null;
  // A version, a date or a number: rotated logs, libraries, snapshots.
  if (/^[\d._~-]+$/.test(ending)) return null;
  return DOCUMENT_ENDINGS.has(inner) ? `.${ending}` : null;
}

/** What people and servers keep, and what ransomware is after. */
const DOCUMENT_ENDINGS: ReadonlySet<string> = new Set(
  (
    "txt md csv tsv doc docx xls xlsx ppt pptx odt ods odp pdf rtf eml msg pst sql sqlite db " +
    "mdb accdb bak tar gz zip 7z rar " +
    "jpg jpeg png gif bmp tif tiff psd svg raw mp3 mp4 mkv avi mov wav flac html htm php js " +
    "py java c cpp json xml yaml " +
    "conf log vmdk vmx vhd vhdx qcow2 ova pem key pfx wallet dat kdbx dwg dxf"
  ).split(" "),
);
