/** System calls that audit events are read for, by the AUDIT_ARCH value and number that a record gives.
 *
 *  Source: Linux 6.12, arch/x86/entry/syscalls/syscall_64.tbl and syscall_32.tbl,
 *  include/uapi/asm-generic/unistd.h (arm64, riscv), arch/arm/tools/syscall.tbl; values of AUDIT_ARCH from
 *  include/uapi/linux/audit.h.
 */
const NUMBERS: readonly (readonly [arch: string, numbers: Readonly<Record<string, string>>])[] = [
  [
    "c000003e",
    { 59: "execve", 322: "execveat", 42: "connect", 43: "accept", 288: "accept4", 44: "sendto", 49: "bind" },
  ],
  ["40000003", { 11: "execve", 358: "execveat", 362: "connect", 364: "accept4", 369: "sendto", 361: "bind" }],
  [
    "c00000b7",
    {
      221: "execve",
      281: "execveat",
      203: "connect",
      202: "accept",
      242: "accept4",
      206: "sendto",
      200: "bind",
    },
  ],
  [
    "c00000f3",
    {
      221: "execve",
      281: "execveat",
      203: "connect",
      202: "accept",
      242: "accept4",
      206: "sendto",
      200: "bind",
    },
  ],
  ["40000028", { 11: "execve", 387: "execveat", 283: "connect", 285: "accept", 290: "sendto", 282: "bind" }],
];

const NAMES = new Map(
  NUMBERS.flatMap(([arch, numbers]) =>
    Object.entries(numbers).map(([number, name]) => [`${arch} ${number}`, name] as const),
  ),
);

/** Name of a system call; null for one that is in no table. */
export function auditSyscall(arch: string, number: string): string | null {
  return NAMES.get(`${arch} ${number}`) ?? null;
}
