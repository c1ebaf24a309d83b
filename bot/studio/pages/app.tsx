/** The frame of every page: who is signed in, where one is, and where else one can go. */
import { useEffect, useRef } from "preact/hooks";
import type { Api } from "../../pages/api";
import { Gate } from "../../pages/gate";
import type { Person } from "../../pages/person";
import { EditPage } from "./edit";
import { Link } from "./link";
import { ReviewPage } from "./review";
import { type Route, useRoute } from "./route";
import { TemplatePage } from "./template";
import { TemplatesPage } from "./templates";
import { W } from "./words";

const ADMITTED = ["lead", "editor", "admin"];
const ANSWERING = ["operator", "lead", "admin"];

export function App({ api }: { api: Api }) {
  return (
    <Gate api={api} lead={W.signInLead} starting={W.starting}>
      {(person, leave) => <Studio api={api} person={person} onLeave={leave} />}
    </Gate>
  );
}

interface Props {
  api: Api;
  person: Person;
  onLeave: () => void;
}

function has(person: Person, roles: string[]): boolean {
  return person.operator.roles.some((role) => roles.includes(role));
}

function Studio({ api, person, onLeave }: Props) {
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const before = useRef(route);

  // A new page begins at its top, for eyes, keyboard and screen reader.
  useEffect(() => {
    document.title = `${W.titleOf(route)} · ${W.brand}`;
    if (before.current === route) return;
    before.current = route;
    scrollTo(0, 0);
    main.current?.focus();
  }, [route]);

  return (
    <div class="studio">
      <a class="skip" href="#main">
        {W.skip}
      </a>
      <Bar person={person} route={route} onLeave={onLeave} />
      <main id="main" tabIndex={-1} ref={main}>
        {has(person, ADMITTED) ? <Page api={api} route={route} /> : <NotAdmitted />}
      </main>
    </div>
  );
}

function NotAdmitted() {
  return (
    <div class="card-note">
      <h1>{W.notForYou}</h1>
      <p>{W.notAdmitted}</p>
    </div>
  );
}

function Page({ api, route }: { api: Api; route: Route }) {
  switch (route.page) {
    case "templates":
      return <TemplatesPage api={api} />;
    case "template":
      return <TemplatePage key={route.name} api={api} name={route.name} />;
    case "edit":
      return <EditPage key={route.name} api={api} name={route.name} />;
    case "review":
      return <ReviewPage api={api} part={route.part} />;
  }
}

function Bar({ person, route, onLeave }: { person: Person; route: Route; onLeave: () => void }) {
  return (
    <header class="bar">
      <p class="brand">{W.brand}</p>
      <nav aria-label={W.pages}>
        <Link to={{ page: "templates" }} current={route.page !== "review"}>
          {W.templates}
        </Link>
        <Link to={{ page: "review", part: "improve" }} current={route.page === "review"}>
          {W.review}
        </Link>
        {has(person, ANSWERING) && <a href="/console">{W.console}</a>}
      </nav>
      <span class="who">{person.operator.name}</span>
      <button type="button" class="quiet-button" onClick={onLeave}>
        {W.signOut}
      </button>
    </header>
  );
}
