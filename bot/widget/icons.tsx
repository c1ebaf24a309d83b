/** Drawings of 24 by 24, in the colour of the text around them. */

const shapes = {
  bot: "M12 4v3M7 7h10a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3v-6a3 3 0 0 1 3-3zM9 12v1.5M15 12v1.5",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.8-3.5 3.8-5.5 7.5-5.5s6.7 2 7.5 5.5",
  close: "M6 6l12 12M18 6L6 18",
  save: "M12 4v11M7 11l5 5 5-5M5 20h14",
  end: "M10 5H6a1 1 0 0 0-1 1v12a1 1 0 0 0 1 1h4M15 8l4 4-4 4M19 12h-9",
  send: "M5 12h13M12 5l7 7-7 7",
  down: "M12 5v14M6 13l6 6 6-6",
};

export function Icon({ of }: { of: keyof typeof shapes }) {
  return (
    <svg class={`icon ${of}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[of]} />
    </svg>
  );
}
