/** UDP ports that are looked into; everything else over UDP is passed over. */
export const DNS_PORT = 53;
export const VXLAN_PORT = 4789;
/** Linux's VXLAN port before IANA gave one. */
export const OLD_VXLAN_PORT = 8472;
export const GENEVE_PORT = 6081;

/** Whether a datagram to or from this port is looked into. */
export function isWatchedPort(port: number): boolean {
  return port === DNS_PORT || port === VXLAN_PORT || port === OLD_VXLAN_PORT || port === GENEVE_PORT;
}
