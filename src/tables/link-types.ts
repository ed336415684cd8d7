/** Link-layer header types that captures name, and how each is decoded.
 *
 *  Source: the LINKTYPE registry of tcpdump.org; 101 appears as 12 or 14 (DLT_RAW of the BSDs) in old files,
 *  and 228/229 hold one IP version each.
 */
export type LinkLayer = "ethernet" | "null" | "loop" | "ppp" | "ppp-hdlc" | "pppoe" | "raw" | "sll" | "sll2";

export const LINK_TYPES: ReadonlyMap<number, { readonly name: string; readonly layer: LinkLayer | null }> =
  new Map([
    [0, { name: "NULL", layer: "null" }],
    [1, { name: "ETHERNET", layer: "ethernet" }],
    [9, { name: "PPP", layer: "ppp" }],
    [12, { name: "RAW", layer: "raw" }],
    [14, { name: "RAW", layer: "raw" }],
    [50, { name: "PPP_HDLC", layer: "ppp-hdlc" }],
    [51, { name: "PPP_ETHER", layer: "pppoe" }],
    [101, { name: "RAW", layer: "raw" }],
    [104, { name: "C_HDLC", layer: null }],
    [105, { name: "IEEE802_11", layer: null }],
    [107, { name: "FRELAY", layer: null }],
    [108, { name: "LOOP", layer: "loop" }],
    [113, { name: "LINUX_SLL", layer: "sll" }],
    [119, { name: "IEEE802_11_PRISM", layer: null }],
    [127, { name: "IEEE802_11_RADIOTAP", layer: null }],
    [189, { name: "USB_LINUX", layer: null }],
    [192, { name: "PPI", layer: null }],
    [195, { name: "IEEE802_15_4", layer: null }],
    [201, { name: "BLUETOOTH_HCI_H4_WITH_PHDR", layer: null }],
    [220, { name: "USB_LINUX_MMAPPED", layer: null }],
    [228, { name: "IPV4", layer: "raw" }],
    [229, { name: "IPV6", layer: "raw" }],
    [239, { name: "NFLOG", layer: null }],
    [249, { name: "USBPCAP", layer: null }],
    [276, { name: "LINUX_SLL2", layer: "sll2" }],
  ]);

/** A link type as a reader sees it named: "LINUX_SLL (113)". */
export function linkTypeName(linkType: number): string {
  return `${LINK_TYPES.get(linkType)?.name ?? "link type"} (${linkType})`;
}
