import { echarts } from "./echarts.ts";
import { escape, Html } from "./markup.ts";

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

/** A picture as inline SVG: no style block, no script, no address of any kind, the same bytes in every process. */
export async function svg(picture: Picture): Promise<Html> {
  const chart = (await echarts()).init(null, null, {
    renderer: "svg",
    ssr: true,
    width: WIDTH,
    height: picture.height,
  });
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
  return new Html(`<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${escape(id)}-t ${escape(id)}-d">
<title id="${escape(id)}-t">${escape(title)}</title>
<desc id="${escape(id)}-d">${escape(describes)}</desc>
${inner}
</svg>`);
}
