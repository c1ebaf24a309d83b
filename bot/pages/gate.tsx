/** Who gets to see a page: sign in, choose a password, and then whatever the page shows to that person. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Api, Failure } from "./api";
import type { Person } from "./person";
import { ChoosePassword, SignIn } from "./signin";

type Stage = { is: "starting" } | { is: "out"; why?: string } | { is: "in"; person: Person };

interface Props {
  api: Api;
  /** One sentence over the form: what one signs in for. */
  lead: string;
  starting: string;
  onEnter?: (person: Person) => void;
  children: (person: Person, leave: () => void) => ComponentChildren;
}

export function Gate({ api, lead, starting, onEnter, children }: Props) {
  const [stage, setStage] = useState<Stage>({ is: "starting" });

  const enter = (person: Person) => {
    onEnter?.(person);
    setStage({ is: "in", person });
  };
  const leave = async () => {
    await api.signOut().catch(() => {});
    setStage({ is: "out" });
  };

  useEffect(() => {
    api.onSignedOut = () => setStage({ is: "out", why: "You are signed out; sign in again to go on." });
    api.me().then(enter, (error: unknown) => {
      const unreachable = error instanceof Failure && error.status !== 401;
      setStage({ is: "out", why: unreachable ? error.message : undefined });
    });
  }, [api]);

  if (stage.is === "starting") return <p class="starting">{starting}</p>;
  if (stage.is === "out") return <SignIn api={api} lead={lead} why={stage.why ?? ""} onSignedIn={enter} />;
  if (stage.person.must_change_password) {
    return <ChoosePassword api={api} person={stage.person} onChosen={enter} onLeave={leave} />;
  }
  return <>{children(stage.person, leave)}</>;
}
