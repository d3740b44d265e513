import "./plot.css";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useWords, type Words } from "../words/words";
import { nearest, path, scale, stepped, thinned, timeTicks, valueTicks, type Grain, type Point } from "./plot";

/** A value of a plot, with what is said of it. */
export type Plotted = Point & {
  text: string;
  /** It is beyond a limit: marked by its form, not by colour alone. */
  outside?: boolean;
  /** It does not go on from the one before, such as the first reading of a new counter. */
  gap?: boolean;
};

/** A value that holds all the time, such as a limit. */
export type Level = { value: number; text: string; kind: "limit" | "target" };

/** Another line over the same time, such as a lower percentile. */
export type Other = { text: string; kind: "low" | "high" | "bad"; points: readonly (Point & { gap?: boolean })[] };

type PlotProps = {
  /** What is shown, for who cannot see it. */
  name: string;
  /** In order of time. Their days are written as they are, without a time zone. */
  points: readonly Plotted[];
  levels?: readonly Level[];
  unit?: string;
  /** What the line is called, where there are others. */
  own?: string;
  others?: readonly Other[];
};

const HEIGHT = 280;
const EDGE = { top: 14, right: 14, bottom: 26, left: 56 };
/** The width that a date needs below the axis. */
const DATE_WIDTH = 84;
/** Above this many, single points only blur the line; those beyond a limit stay. */
const DOTS_MAX = 150;
const POINTS_MAX = 1_000;

/** Values over time as a line with its limits. One moves along it with the pointer or with the arrow keys; the point in question is said and shown. */
export function Plot({ name, points: all, levels = [], unit = "", own = name, others = [] }: PlotProps) {
  const words = useWords();
  const hint = useId();
  const { box, width } = useWidth();
  const [chosen, setChosen] = useState<number>();
  const points = thinned(all, POINTS_MAX);
  const drawn = drawing(points, levels, others, width, words);
  const point = chosen === undefined ? undefined : points[chosen];

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") setChosen(undefined);
    const next = stepped(event.key, chosen ?? points.length, points.length);
    if (next === undefined) return;
    event.preventDefault();
    setChosen(next);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const offset = event.clientX - event.currentTarget.getBoundingClientRect().left;
    setChosen(nearest(points, drawn.at(offset)));
  };
  return (
    <div className="plot" ref={box}>
      <p id={hint} className="plot-hint">
        {words.t("measuring.plotKeys")}
      </p>
      <div
        role="slider"
        tabIndex={0}
        className="plot-area"
        aria-label={name}
        aria-describedby={hint}
        aria-valuemin={1}
        aria-valuemax={points.length}
        aria-valuenow={(chosen ?? points.length - 1) + 1}
        aria-valuetext={(point ?? points.at(-1))?.text}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => { setChosen(undefined); }}
        onBlur={() => { setChosen(undefined); }}
      >
        <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true" focusable="false">
          <Axes drawn={drawn} width={width} unit={unit} words={words} />
          {levels.map((level) => (
            <LevelLine key={level.kind + level.text} level={level} y={drawn.y(level.value)} width={width} />
          ))}
          {others.map((other) => (
            <path key={other.text} className={`plot-other ${other.kind}`} d={path(thinned(other.points, POINTS_MAX), drawn.x, drawn.y)} />
          ))}
          <path className="plot-line" d={path(points, drawn.x, drawn.y)} />
          {points.map((one, index) =>
            one.outside ? <Beyond key={index} x={drawn.x(one.at)} y={drawn.y(one.value)} /> : points.length <= DOTS_MAX && <circle key={index} className="plot-dot" cx={drawn.x(one.at)} cy={drawn.y(one.value)} r={2.5} />,
          )}
          {point && <line className="plot-here" x1={drawn.x(point.at)} x2={drawn.x(point.at)} y1={EDGE.top} y2={HEIGHT - EDGE.bottom} />}
          {point && <circle className="plot-chosen" cx={drawn.x(point.at)} cy={drawn.y(point.value)} r={5} />}
        </svg>
        {point && (
          <div className="plot-tip" style={{ insetBlockStart: Math.max(0, drawn.y(point.value) - 56), ...(drawn.x(point.at) > width / 2 ? { right: width - drawn.x(point.at) + 10 } : { left: drawn.x(point.at) + 10 }) }}>
            {point.text}
          </div>
        )}
      </div>
      {others.length > 0 && (
        <ul className="plot-legend">
          {[...others.filter(({ kind }) => kind !== "low"), { text: own, kind: "own" }, ...others.filter(({ kind }) => kind === "low")].map(({ text, kind }) => (
            <li key={text} className={kind}>
              {text}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The same without axes, to be seen beside a value and not to be moved along. */
export function SmallPlot({ name, points: all, levels = [] }: Omit<PlotProps, "unit">) {
  const [width, height, edge] = [120, 32, 4];
  const points = thinned(all, width);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const values = [...points.map(({ value }) => value), ...levels.map(({ value }) => value)];
  const x = scale(first.at, last.at, edge, width - edge);
  const y = scale(Math.min(...values), Math.max(...values), height - edge, edge);
  return (
    <svg className="plot-small" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={name}>
      {levels.map((level) => (
        <line key={level.kind + level.text} className={`plot-level ${level.kind}`} x1={0} x2={width} y1={y(level.value)} y2={y(level.value)} />
      ))}
      <path className="plot-line" d={path(points, x, y)} />
      {points.map((one, index) => one.outside && <Beyond key={index} x={x(one.at)} y={y(one.value)} />)}
      <circle className="plot-dot" cx={x(last.at)} cy={y(last.value)} r={2.5} />
    </svg>
  );
}

type Drawing = {
  x: (at: number) => number;
  y: (value: number) => number;
  /** The instant at a place from the left. */
  at: (offset: number) => number;
  values: readonly number[];
  dates: { grain: Grain; ticks: readonly number[] };
  date: (at: number) => string;
};

const WRITTEN: Record<Grain, Intl.DateTimeFormatOptions> = {
  minute: { hour: "2-digit", minute: "2-digit" },
  hour: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  day: { day: "numeric", month: "short" },
  month: { month: "short", year: "numeric" },
  year: { year: "numeric" },
};

/** Where everything stands in a plot of a width. */
function drawing(points: readonly Plotted[], levels: readonly Level[], others: readonly Other[], width: number, words: Words): Drawing {
  const all = [points, levels, ...others.map((other) => other.points)].flatMap((some) => some.map(({ value }) => value));
  const values = all.length === 0 ? [0, 1] : valueTicks(Math.min(...all), Math.max(...all), 5);
  const from = points[0]?.at ?? 0;
  const to = points.at(-1)?.at ?? 0;
  const room = width - EDGE.left - EDGE.right;
  const dates = timeTicks(from, to, Math.floor(room / DATE_WIDTH));
  const format = new Intl.DateTimeFormat(words.language, { ...WRITTEN[dates.grain], timeZone: "UTC" });
  return {
    x: scale(from, to, EDGE.left, width - EDGE.right),
    y: scale(values[0] ?? 0, values.at(-1) ?? 1, HEIGHT - EDGE.bottom, EDGE.top),
    at: scale(EDGE.left, width - EDGE.right, from, to),
    values,
    dates,
    date: (at) => format.format(at),
  };
}

function Axes({ drawn, width, unit, words }: { drawn: Drawing; width: number; unit: string; words: Words }) {
  return (
    <g className="plot-axes">
      {drawn.values.map((value) => (
        <g key={value}>
          <line x1={EDGE.left} x2={width - EDGE.right} y1={drawn.y(value)} y2={drawn.y(value)} />
          <text x={EDGE.left - 6} y={drawn.y(value) + 4} textAnchor="end">
            {words.format.number(value)}
          </text>
        </g>
      ))}
      <text x={EDGE.left - 6} y={HEIGHT - 6} textAnchor="end">
        {unit}
      </text>
      {drawn.dates.ticks.map((at) => (
        <text key={at} x={Math.min(width - 36, Math.max(EDGE.left + 24, drawn.x(at)))} y={HEIGHT - 6} textAnchor="middle">
          {drawn.date(at)}
        </text>
      ))}
    </g>
  );
}

function LevelLine({ level, y, width }: { level: Level; y: number; width: number }) {
  return (
    <g>
      <line className={`plot-level ${level.kind}`} x1={EDGE.left} x2={width - EDGE.right} y1={y} y2={y} />
      <text className="plot-level-text" x={width - EDGE.right} y={y - 4} textAnchor="end">
        {level.text}
      </text>
    </g>
  );
}

/** The mark of a value beyond a limit. */
const Beyond = ({ x, y }: { x: number; y: number }) => <path className="plot-beyond" d={`M${x} ${y - 6}l5.5 9.5h-11z`} />;

/** The width that the page leaves; pictures have no width of their own. */
function useWidth() {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(320);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(240, Math.floor(entry.contentRect.width)));
    });
    observer.observe(element);
    return () => { observer.disconnect(); };
  }, []);
  return { box, width };
}
