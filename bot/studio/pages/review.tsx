/** The weekly review: what to improve, what has no answer yet, and what to tidy up. */
import { useState } from "preact/hooks";
import type { Api } from "../../pages/api";
import type { Review, Unanswered } from "./heard";
import { Improve } from "./improve";
import { Link } from "./link";
import { Shown, useLoaded } from "./loaded";
import { Period } from "./period";
import { type Part, PARTS } from "./route";
import { Tidy } from "./tidy";
import { UnansweredList } from "./unanswered";
import { W } from "./words";

const USUAL_DAYS = 30;

export function ReviewPage({ api, part }: { api: Api; part: Part }) {
  const [days, setDays] = useState(USUAL_DAYS);
  return (
    <>
      <div class="page-head">
        <div>
          <h1>{W.review}</h1>
          <p class="quiet">{W.parts[part].lead}</p>
        </div>
        <Period days={days} onDays={setDays} />
      </div>
      <nav class="parts" aria-label={W.review}>
        {PARTS.map((one) => (
          <Link key={one} to={{ page: "review", part: one }} current={one === part}>
            {W.parts[one].name}
          </Link>
        ))}
      </nav>
      {part === "unanswered" ? <Topics api={api} days={days} /> : <Found api={api} days={days} part={part} />}
    </>
  );
}

function Found({ api, days, part }: { api: Api; days: number; part: Part }) {
  const loaded = useLoaded<Review>(api, `review?days=${days}`);
  return <Shown of={loaded}>{(review) => (part === "tidy" ? <Tidy review={review} /> : <Improve review={review} />)}</Shown>;
}

function Topics({ api, days }: { api: Api; days: number }) {
  const loaded = useLoaded<Unanswered>(api, `unanswered?days=${days}`);
  return <Shown of={loaded}>{(found) => <UnansweredList api={api} found={found} days={days} onAccepted={loaded.again} />}</Shown>;
}
