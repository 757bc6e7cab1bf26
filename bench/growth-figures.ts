/** How a cost grows with a size: the exponent, the table, and a plot of each with both axes logarithmic. */
export interface Growth {
  /** What grows, and what is measured of it. */
  over: string;
  what: string;
  unit: string;
  points: Array<[size: number, cost: number]>;
}

/** Slope of the least squares of the logarithms: 0 is constant, 1 linear. */
export function exponentOf({ points }: Pick<Growth, 'points'>): number {
  const logs = points.map(([size, cost]) => [Math.log(size), Math.log(Math.max(cost, 1e-6))] as const);
  const meanOf = (of: 0 | 1) => logs.reduce((sum, log) => sum + log[of], 0) / logs.length;
  const [x, y] = [meanOf(0), meanOf(1)];
  const covariance = logs.reduce((sum, log) => sum + (log[0] - x) * (log[1] - y), 0);
  return covariance / logs.reduce((sum, log) => sum + (log[0] - x) ** 2, 0);
}

const written = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(2);

export function growthTable(all: readonly Growth[]): string {
  const lines = all.map((growth) => {
    const points = growth.points.map(([size, cost]) => `${written(size)}: ${written(cost)}`).join(', ');
    return `| ${growth.over} | ${growth.what}, ${growth.unit} | ${points} | ${exponentOf(growth).toFixed(2)} |`;
  });
  return ['| over | what | size: cost | exponent |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

const WIDTH = 360;
const HEIGHT = 260;
const EDGE = 50;

/** The broken line is what linear growth from the first point would be. */
export function plotsOf(all: readonly Growth[]): string {
  const plots = all.map(
    (growth, i) => `<g transform="translate(${(i % 2) * WIDTH} ${Math.floor(i / 2) * HEIGHT})">${plotOf(growth)}</g>`,
  );
  const height = Math.ceil(all.length / 2) * HEIGHT;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${2 * WIDTH}" height="${height}" font-family="sans-serif" font-size="11">
<title>How cost grows</title>
<rect width="100%" height="100%" fill="white"/>
${plots.join('\n')}
</svg>
`;
}

function plotOf(growth: Growth): string {
  const { points, over, what, unit } = growth;
  const [first, last] = [points[0]!, points.at(-1)!];
  const linear: Growth['points'] = [first, [last[0], (first[1] * last[0]) / first[0]]];
  const costs = [...points, linear[1]!].map(([, cost]) => Math.log(cost));
  const place = (value: number, from: number, to: number, length: number) =>
    EDGE + ((Math.log(value) - from) / (to - from || 1)) * (length - 2 * EDGE);
  const at = ([size, cost]: [number, number]) => {
    const x = place(size, Math.log(first[0]), Math.log(last[0]), WIDTH);
    const y = HEIGHT - place(cost, Math.min(...costs), Math.max(...costs), HEIGHT);
    return [Math.round(x), Math.round(y)] as const;
  };
  const line = (through: Growth['points'], style: string) =>
    `<polyline fill="none" ${style} points="${through.map((point) => at(point).join(',')).join(' ')}"/>`;
  const marks = points.map((point) => {
    const [x, y] = at(point);
    const label = `<text x="${x}" y="${y - 7}" text-anchor="middle">${written(point[1])}</text>`;
    const below = `<text x="${x}" y="${HEIGHT - EDGE + 16}" text-anchor="middle">${written(point[0])}</text>`;
    return `<circle cx="${x}" cy="${y}" r="3"/>${label}${below}`;
  });
  const title = `<text x="${EDGE}" y="20" font-weight="bold">${what}, ${unit}, over ${over}</text>`;
  const grey = 'stroke="#999" stroke-dasharray="4 4"';
  return `${title}${line(linear, grey)}${line(points, 'stroke="#06c" stroke-width="2"')}${marks.join('')}`;
}
