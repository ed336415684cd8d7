/** The charting library's smallest bundle, which ships without types: the part of it that is used. */
declare module "echarts/dist/echarts.esm.min.mjs" {
  export function init(
    dom: null,
    theme: null,
    options: { renderer: "svg"; ssr: true; width: number; height: number },
  ): { setOption(option: object): void; renderToSVGString(): string; dispose(): void };
}
