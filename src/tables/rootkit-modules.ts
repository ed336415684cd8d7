// Kernel modules that hide files, processes or themselves, by the names that their authors gave them.

export interface RootkitModule {
  /** Name of the module without ".ko". */
  readonly name: string;
  readonly source: string;
}

/** Source: the projects' own repositories and the reports named; names are those of the modules as built. */
export const ROOTKIT_MODULES: readonly RootkitModule[] = [
  { name: "adore", source: "Adore, adore-ng (Stealth, 2004)" },
  { name: "adore-ng", source: "Adore, adore-ng (Stealth, 2004)" },
  { name: "brokepkg", source: "github.com/R3tr074/brokepkg" },
  { name: "caraxes", source: "github.com/ait-aecid/caraxes" },
  { name: "diamorphine", source: "github.com/m0nad/Diamorphine; used by TeamTNT (Trend Micro, 2021)" },
  { name: "drovorub", source: "NSA and FBI, Drovorub Malware (2020-08)" },
  { name: "ipsecs-kbeast-v1", source: "KBeast (IPSECS, 2012)" },
  { name: "kbeast", source: "KBeast (IPSECS, 2012)" },
  { name: "kovid", source: "github.com/carloslack/KoviD" },
  { name: "krasue", source: "Group-IB, Curse of the Krasue (2023-12)" },
  { name: "lilyofthevalley", source: "github.com/En14c/LilyOfTheValley" },
  { name: "puma", source: "Elastic Security Labs, Declawing PUMAKIT (2024-12)" },
  { name: "reptile", source: "github.com/f0rb1dd3n/Reptile" },
  { name: "reptile_module", source: "github.com/f0rb1dd3n/Reptile" },
  { name: "singularity", source: "github.com/MatheuZSecurity/Singularity" },
  { name: "snapekit", source: "Gen Digital, Snapekit (2024-10)" },
  { name: "suterusu", source: "github.com/mncoppola/suterusu" },
  { name: "syslogk", source: "Avast, Linux Threat Hunting: Syslogk (2022-06)" },
];
