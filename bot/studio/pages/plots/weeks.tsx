/** Close rates over weeks: floor and ceiling as lines, how far off they may be as bands, changes as marks across. */
import { useEffect, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import { count, day, percent } from "../numbers";
import type { Week } from "../types";
import { W } from "../words";
import { type Colours, useColours } from "./colours";
import { Figure, type Numbers } from "./figure";

/** Something that happened at a time: an edit, another mode. */
export interface Mark {
  at: number;
  name: string;
}

interface Props {
  title: string;
  weeks: Week[];
  marks?: Mark[];
  note?: string;
}

const HEIGHT = 250;
const LABEL_WIDTH = 58;
const FONT = "12px system-ui, sans-serif";

export function Weeks({ title, weeks, marks = [], note }: Props) {
  const known = weeks.filter((week) => week.floor.value !== null);
  const keys = [
    { mark: "floor", means: W.floorMeans },
    { mark: "ceiling", means: W.ceilingMeans },
    ...(marks.length > 0 ? [{ mark: "change", means: W.marksMean }] : []),
  ];
  return (
    <Figure title={title} note={note} legend={keys} numbers={numbers(weeks)}>
      {known.length > 0 ? <Canvas title={title} weeks={known} marks={marks} /> : <p class="quiet">{W.nothingSent}</p>}
      {marks.length > 0 && (
        <ul class="mark-list">
          {marks.map((mark, index) => (
            <li key={`${mark.at} ${mark.name}`}>
              <span class="mark-number">{index + 1}</span> {day(mark.at)}: {mark.name}
            </li>
          ))}
        </ul>
      )}
    </Figure>
  );
}

function numbers(weeks: Week[]): Numbers {
  const cell = (week: Week, share: "floor" | "ceiling") => W.withInterval(week[share]);
  return {
    columns: [W.week, W.counted, W.floor, W.ceiling, W.response],
    rows: weeks.map((week) => [
      day(week.at),
      count(week.eligible),
      cell(week, "floor"),
      cell(week, "ceiling"),
      percent(week.response.value),
    ]),
  };
}

/** The arrow keys move from week to week; what is there is written under the plot and read out. */
function Canvas({ title, weeks, marks }: Omit<Props, "note"> & { marks: Mark[] }) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const colours = useColours();
  const [at, setAt] = useState<number | null>(null);

  useEffect(() => {
    const box = place.current;
    if (!box) return;
    const options = optionsFor(box.clientWidth, weeks, marks, colours, setAt);
    plot.current = new uPlot(options, data(weeks), box);
    const watch = new ResizeObserver(() => plot.current?.setSize({ width: box.clientWidth, height: HEIGHT }));
    watch.observe(box);
    return () => {
      watch.disconnect();
      plot.current?.destroy();
    };
  }, [weeks, marks, colours]);

  const move = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const chart = plot.current;
    if (!step || !chart) return;
    event.preventDefault();
    const next = Math.min(Math.max(at === null ? (step > 0 ? 0 : weeks.length - 1) : at + step, 0), weeks.length - 1);
    const week = weeks[next];
    if (week) chart.setCursor({ left: chart.valToPos(week.at / 1000, "x"), top: HEIGHT / 2 });
  };

  const week = at === null ? null : weeks[at];
  return (
    <>
      <div class="canvas" ref={place} tabIndex={0} role="group" aria-label={`${title}. ${W.arrowKeys}`} onKeyDown={move} />
      <p class="readout" aria-live="polite">
        {week ? W.readout(week) : W.readoutHint}
      </p>
    </>
  );
}

type Column = (number | null)[];

function data(weeks: Week[]): uPlot.AlignedData {
  const columns: Column[] = [
    weeks.map((week) => week.ceiling.high),
    weeks.map((week) => week.ceiling.low),
    weeks.map((week) => week.floor.high),
    weeks.map((week) => week.floor.low),
    weeks.map((week) => week.ceiling.value),
    weeks.map((week) => week.floor.value),
  ];
  return [weeks.map((week) => week.at / 1000), ...columns];
}

const WEEK_SECONDS = 7 * 86_400;

function optionsFor(
  width: number,
  weeks: Week[],
  marks: Mark[],
  colours: Colours,
  onCursor: (index: number | null) => void,
): uPlot.Options {
  const times = [...weeks, ...marks].map((one) => one.at / 1000);
  const first = Math.min(...times);
  const last = Math.max(...times);
  const edge: uPlot.Series = { stroke: "transparent", points: { show: false } };
  const axis = { stroke: colours.soft, font: FONT, ticks: { show: false }, grid: { stroke: colours.line, width: 1 } };
  return {
    width,
    height: HEIGHT,
    padding: [18, 14, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 8 }, drag: { x: false, y: false } },
    scales: {
      x: { time: true, range: [first - WEEK_SECONDS / 3, Math.max(last, first + WEEK_SECONDS) + WEEK_SECONDS / 3] },
      y: { range: [0, 1] },
    },
    axes: [
      {
        ...axis,
        size: 30,
        grid: { show: false },
        splits: () => weeks.map((week) => week.at / 1000),
        values: (chart, splits) => {
          let last = -LABEL_WIDTH;
          return splits.map((at) => {
            const here = chart.valToPos(at, "x");
            if (here - last < LABEL_WIDTH) return "";
            last = here;
            return day(at * 1000);
          });
        },
      },
      { ...axis, size: 48, splits: () => [0, 0.25, 0.5, 0.75, 1], values: (_chart, splits) => splits.map((at) => percent(at)) },
    ],
    series: [
      {},
      edge,
      edge,
      edge,
      edge,
      { stroke: colours.ceiling, width: 2, dash: [6, 4], points: { show: true, size: 6, fill: colours.ceiling } },
      { stroke: colours.floor, width: 2.5, points: { show: true, size: 7, fill: colours.floor } },
    ],
    bands: [
      { series: [1, 2], fill: colours.ceilingBand },
      { series: [3, 4], fill: colours.floorBand },
    ],
    hooks: {
      draw: [(chart) => reaches(chart, weeks, colours), (chart) => marked(chart, marks, colours)],
      setCursor: [(chart) => onCursor(chart.cursor.idx ?? null)],
    },
  };
}

/** A band needs two weeks; how far off a single one may be is a line. */
function reaches(chart: uPlot, weeks: Week[], colours: Colours): void {
  const only = weeks.length === 1 ? weeks[0] : undefined;
  if (!only) return;
  const { ctx } = chart;
  const x = chart.valToPos(only.at / 1000, "x", true);
  ctx.save();
  ctx.lineWidth = 10 * devicePixelRatio;
  for (const [share, colour] of [
    [only.ceiling, colours.ceilingBand],
    [only.floor, colours.floorBand],
  ] as const) {
    ctx.strokeStyle = colour;
    line(ctx, x, chart.valToPos(share.low, "y", true), x, chart.valToPos(share.high, "y", true));
  }
  ctx.restore();
}

/** A numbered line from top to bottom for each mark. */
function marked(chart: uPlot, marks: Mark[], colours: Colours): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.strokeStyle = colours.mark;
  ctx.fillStyle = colours.mark;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.font = `600 ${11 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textAlign = "center";
  for (const [index, mark] of marks.entries()) {
    const x = chart.valToPos(mark.at / 1000, "x", true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    line(ctx, x, bbox.top, x, bbox.top + bbox.height);
    ctx.fillText(String(index + 1), x, bbox.top - 5 * devicePixelRatio);
  }
  ctx.restore();
}

function line(ctx: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}
