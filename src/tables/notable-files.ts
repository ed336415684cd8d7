/** A file as the rows look at it: everything in lower case, "/" between folders. */
export interface FileLook {
  readonly path: string;
  /** Behind the last "/". */
  readonly name: string;
  /** Behind the last "." of the name, "" without one. */
  readonly ending: string;
  /** By the bits of its mode. */
  readonly isExecutable: boolean;
}

/** Files worth naming by their path alone. Facts from the sources in each row. */
export interface NotableFile {
  readonly id: string;
  readonly says: string;
  readonly source: string;
  matches(file: FileLook): boolean;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}

const WANNACRY_ENDINGS = words("wncry wncryt wcry wncyr");
const WANNACRY_NAMES = words(
  "@please_read_me@.txt @wanadecryptor@.exe @wanadecryptor@.exe.lnk @wanadecryptor@.bmp mssecsvc.exe",
);

/** Endings that families of ransomware give to what they encrypted. Endings that other programs use, too
 *  (".encrypted", ".locked", ".crypt"), are left out. */
const RANSOM_ENDINGS = words(
  "locky zepto aesir osiris cerber cerber2 cerber3 cryptolocker lockbit ryuk akira babyk rhysida " +
    "esxiargs emario deadbolt ech0raix revil makop djvu",
);

const NOTE_ENDINGS = words("txt htm html hta rtf");
const NOTE_NAMES = new RegExp(
  "^[!_#@=-]{0,5}(?:how[_ -]to[_ -](?:decrypt|restore|recover)|decrypt[_ -](?:my|your)[_ -]files?" +
    "|restore[_ -]my[_ -]files|recovery?[_ -](?:files|instructions?)|readme[_ -]for[_ -]decrypt" +
    "|your[_ -]files[_ -]are[_ -]encrypted|files[_ -]encrypted|akira_readme|deadbolt_readme)",
);

const ELECTRUM = /\/\.?electrum(?:-[a-z]{1,20})?\/wallets\/[^/]{1,255}$/;
/** MetaMask's id in the stores of Chrome and its kin. */
const METAMASK = "/nkbihfbeogaeaoehlefnkodbefgpgknn/";
const STORE_ENDINGS = words("ldb log");

const TEMPORARY = /^(?:\/private)?\/(?:tmp|var\/tmp|dev\/shm)\//;
const HIDDEN = /\/\.([^/]{1,255})(?=\/)/g;
/** Folders that hide themselves by custom and hold programs rightly. */
const USUAL_HIDDEN = words(
  "local cargo rustup nvm npm npm-global yarn pnpm vscode vscode-server cursor cursor-server config " +
    "cache git githooks husky venv virtualenvs pyenv rbenv rvm gem deno bun dotnet nuget gradle m2 " +
    "sdkman go asdf jenv nix-profile oh-my-zsh mozilla wine steam android docker kube terraform " +
    "terraform.d vagrant.d cabal ghcup opam emacs.d vim fzf tmux x11-unix ice-unix font-unix xim-unix " +
    "build-id",
);
const SYSTEM = /^\/(?:usr|lib|lib64|opt|snap|var\/lib|nix)\//;

export const NOTABLE_FILES: readonly NotableFile[] = [
  {
    id: "wannacry-file",
    says: "a file of WannaCry's",
    source: "Mandiant, WannaCry Malware Profile (2017-05-23)",
    matches: ({ name, ending }) => WANNACRY_ENDINGS.has(ending) || WANNACRY_NAMES.has(name),
  },
  {
    id: "ransom-ending",
    says: "an ending that ransomware gives",
    source: "vendors' reports of the families of these names, 2016 to 2024; own selection",
    matches: ({ ending }) => RANSOM_ENDINGS.has(ending),
  },
  {
    id: "ransom-note-name",
    says: "a name that ransomware gives to its notes",
    source: "vendors' reports of Dharma, Phobos, eCh0raix, LockBit, Akira, Conti, DeadBolt; own selection",
    matches: ({ name, ending }) => NOTE_ENDINGS.has(ending) && NOTE_NAMES.test(name),
  },
  {
    id: "wallet",
    says: "a wallet",
    source: "default places of Bitcoin Core and kin, Monero, Electrum, Exodus, MetaMask",
    matches: ({ path, name, ending }) =>
      name === "wallet.dat" ||
      (ending === "keys" && /wallet|monero/.test(path)) ||
      (path.includes("/wallets/") && ELECTRUM.test(path)) ||
      path.includes("/exodus/exodus.wallet/") ||
      (STORE_ENDINGS.has(ending) && path.includes(METAMASK)),
  },
  {
    id: "login-log",
    says: "a log of logins",
    source: "sshd(8), last(1), auditd(8): default places on Debian and RHEL",
    matches: ({ path }) => /^\/var\/log\/(?:wtmp|lastlog|auth\.log|secure|audit\/audit\.log)$/.test(path),
  },
  {
    id: "login-keys",
    says: "keys that may log in",
    source: "sshd(8), AUTHORIZED_KEYS FILE FORMAT",
    matches: ({ path }) => /\/\.ssh\/authorized_keys2?$/.test(path),
  },
  {
    id: "temporary-executable",
    says: "a program in a folder for temporary files",
    source: "MITRE ATT&CK v18.1, T1036.005 and T1564.001; Filesystem Hierarchy Standard 3.0, /tmp",
    matches: ({ path, isExecutable }) => isExecutable && TEMPORARY.test(path),
  },
  {
    id: "hidden-executable",
    says: "a program in a hidden folder",
    source: "MITRE ATT&CK v18.1, T1564.001 Hidden Files and Directories",
    matches: ({ path, isExecutable }) => {
      if (!isExecutable || !path.includes("/.") || SYSTEM.test(path)) return false;
      const folders = [...path.matchAll(HIDDEN)].map(([, folder = ""]) => folder);
      return folders.length > 0 && folders.every((folder) => !USUAL_HIDDEN.has(folder));
    },
  },
];

/** The first row that the file is of; null for none. */
export function notableFile(path: string, isExecutable: boolean): NotableFile | null {
  const folded = path.toLowerCase().replaceAll("\\", "/");
  const name = folded.slice(folded.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  const look = { path: folded, name, ending: dot === -1 ? "" : name.slice(dot + 1), isExecutable };
  return NOTABLE_FILES.find((row) => row.matches(look)) ?? null;
}

/** Endings behind another ending that builds, packages, backups and tools write, many at once. Own list. */
const USUAL_ENDINGS: ReadonlySet<string> = new Set(
  (
    "diff patch gz bz2 xz zst lz4 zip 7z br tar tgz z lzma o obj d dwo lo la a so dylib gcno gcda " +
    "gcov map snap orig rej bak old save new tmp temp part crdownload swp swo lock pid md5 sha1 " +
    "sha256 sha512 asc sig sign gpg pem crt cer key csr meta json json5 yaml yml xml txt md rst log " +
    "html htm css scss less js mjs cjs ts mts cts tsx jsx vue svelte py pyc pyo pyi rb php java class " +
    "jar war kt go rs c cc cpp cxx h hh hpp hxx inc in am ac m4 cmake mk sh bash zsh fish pl pm lua " +
    "sql sqlite db csv tsv doc docx xls xlsx ppt pptx odt ods pdf ps eps svg png jpg jpeg gif webp " +
    "bmp ico tif tiff mp3 mp4 mkv avi mov wav flac ogg webm woff woff2 ttf otf eot exe dll sys msi " +
    "cab mui cat inf manifest nupkg whl egg deb rpm apk dsc changes dpkg-new dpkg-dist dpkg-old dpkg- " +
    "tmp rpmnew rpmsave rpmorig pacnew pacsave list md5sums conffiles postinst preinst postrm prerm " +
    "triggers shlibs symbols templates mo po pot gmo cmd bat ps1 vbs conf cfg cnf ini toml env " +
    "example sample template dist default service timer socket target mount path rules device wants " +
    "requires hyb dcu tlb tlog pdb ilk idx pack rev bin dat index test spec stories d.ts flow " +
    "mustache hbs ejs erb tt tpl j2"
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
    "txt md csv tsv doc docx xls xlsx ppt pptx odt ods odp pdf rtf eml msg pst sql sqlite db mdb " +
    "accdb bak tar gz zip 7z rar jpg jpeg png gif bmp tif tiff psd svg raw mp3 mp4 mkv avi mov wav " +
    "flac html htm php js py java c cpp json xml yaml conf log vmdk vmx vhd vhdx qcow2 ova pem key " +
    "pfx wallet dat kdbx dwg dxf"
  ).split(" "),
);
