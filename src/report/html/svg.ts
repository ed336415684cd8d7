import { escapeHtml, Html } from "./markup.ts";

/** Drawn at this width; the style sheet scales it. */
const WIDTH = 760;

export interface Picture {
  /** Unique in the page: ids inside the picture begin with it. */
  readonly id: string;
  readonly title: string;
  /** What the picture shows, in words, for those who do not see it. */
  readonly describes: string;
  readonly height: number;
  /** The echarts option: series and axes. Colours are CSS variables of the page. */
  readonly option: object;
}

/** Loads the drawing library ahead of the first picture, while something else is waited for. */
export async function loadLibrary(): Promise<void> {
  await import("echarts/dist/echarts.esm.min.mjs");
}

/** A picture as inline SVG: no style block, no script, no address, the same bytes in every process.
 *
 *  The library is loaded with the first picture, and as this bundle: 74 ms, the package's root takes 640.
 */
export async function svg(picture: Picture): Promise<Html> {
  const { init } = await import("echarts/dist/echarts.esm.min.mjs");
  const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height: picture.height });
  try {
    chart.setOption({
      animation: false,
      useUTC: true,
      textStyle: { fontFamily: "inherit", fontSize: 11, color: "var(--soft)" },
      ...picture.option,
    });
    return clean(chart.renderToSVGString(), picture);
  } finally {
    chart.dispose();
  }
}

/** The library counts ids up per process and styles its hover effects; a printed page needs neither. */
function clean(drawn: string, { id, title, describes, height }: Picture): Html {
  const inner = drawn
    .replace(/^[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/<style[\s\S]*?<\/style>/g, "")
    .replace(/ (?:class|pointer-events|cursor|ecmeta_[a-z_]+|xml:space)="[^"]*"/g, "")
    .replace(/\bzr\d+-/g, `${id}-`)
    .replace(/\n+/g, "\n")
    .trim();
  const box = `0 0 ${WIDTH} ${height}`;
  return new Html(`<svg viewBox="${box}" role="img" aria-labelledby="${escapeHtml(`${id}-t ${id}-d`)}">
<title id="${escapeHtml(id)}-t">${escapeHtml(title)}</title>
<desc id="${escapeHtml(id)}-d">${escapeHtml(describes)}</desc>
${inner}
</svg>`);
}
