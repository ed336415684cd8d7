// Libraries that are loaded into every program through /etc/ld.so.preload or LD_PRELOAD.

/** Libraries that ordinary products load in this way, by the beginning of their file's name.
 *
 *  Source: the products' own documentation, named in `by`.
 */
export const USUAL_PRELOADS: readonly { readonly name: string; readonly by: string }[] = [
  { name: "libarmmem-", by: "Raspberry Pi OS, package raspi-copies-and-fills" },
  { name: "libasan.so", by: "GCC, AddressSanitizer" },
  { name: "libeatmydata.so", by: "eatmydata, for builds" },
  { name: "libesets_pac.so", by: "ESET for Linux" },
  { name: "libfakeroot", by: "fakeroot, for builds of packages" },
  { name: "libgtk3-nocsd.so", by: "gtk3-nocsd" },
  { name: "libjemalloc.so", by: "jemalloc, as Redis and Ruby recommend it" },
  { name: "libmimalloc.so", by: "mimalloc" },
  { name: "liboneagentproc.so", by: "Dynatrace OneAgent" },
  { name: "libsnoopy.so", by: "Snoopy Command Logger" },
  { name: "libtcmalloc", by: "gperftools" },
  { name: "libtorsocks.so", by: "torsocks" },
  { name: "libproxychains", by: "proxychains" },
  { name: "libdlfaker.so", by: "VirtualGL" },
  { name: "libvglfaker.so", by: "VirtualGL" },
  { name: "launcher.preload.so", by: "Datadog, single-step instrumentation" },
  { name: "libotelinject.so", by: "OpenTelemetry injector" },
  { name: "libsplunk.so", by: "Splunk OpenTelemetry automatic instrumentation" },
  { name: "libstdbuf.so", by: "coreutils, stdbuf" },
];

/** Libraries that hide files, processes or logins, by a part of their file's name. */
export const ROOTKIT_PRELOADS: readonly { readonly name: string; readonly family: string }[] = [
  // https://github.com/gianlucaborello/libprocesshider, used by TeamTNT, Kinsing and many others.
  { name: "processhider", family: "libprocesshider" },
  // Trend Micro, Kinsing Malware (2020-11): a rootkit loaded through /etc/ld.so.preload.
  { name: "libsystem.so", family: "Kinsing" },
  { name: "libgcwrap.so", family: "perfctl (Aqua Nautilus, 2024-10-03)" },
  { name: "jynx", family: "Jynx" },
  { name: "azazel", family: "Azazel" },
  { name: "vlany", family: "vlany" },
  { name: "bdvl", family: "bedevil" },
  { name: "beurk", family: "BEURK" },
];
