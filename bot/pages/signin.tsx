/** Signing in, and choosing a password of one's own after the one-time one. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type Api, reasonOf } from "./api";
import type { Person } from "./person";

const SHORTEST = 10;

interface FieldProps {
  id: string;
  label: string;
  secret?: boolean;
  autocomplete: string;
  hint?: string;
  focus?: boolean;
}

function focusOnce(field: HTMLInputElement | null): void {
  field?.focus();
}

function Field({ id, label, secret = false, autocomplete, hint, focus }: FieldProps) {
  const kind = secret ? ({ type: "password" } as const) : ({ type: "text" } as const);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={id}
        {...kind}
        autocomplete={autocomplete}
        autocapitalize="none"
        spellcheck={false}
        required
        ref={focus ? focusOnce : undefined}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface CardProps {
  title: string;
  lead: string;
  button: string;
  submit: (form: FormData) => Promise<void>;
  why?: string;
  children: ComponentChildren;
  below?: ComponentChildren;
}

/** A form in the middle of the page; an error of `submit` is shown and read out. */
function Card({ title, lead, button, submit, why = "", children, below }: CardProps) {
  const [error, setError] = useState(why);
  const [busy, setBusy] = useState(false);

  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setError("");
    try {
      await submit(form);
    } catch (failure) {
      setError(reasonOf(failure));
      setBusy(false);
    }
  };

  return (
    <main class="card-page">
      <form class="card" onSubmit={onSubmit} aria-busy={busy}>
        <p class="brand">Frontdesk</p>
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        <p class="form-error" role="alert">
          {error}
        </p>
        {children}
        <button class="primary wide" type="submit" disabled={busy}>
          {busy ? "One moment…" : button}
        </button>
        {below}
      </form>
    </main>
  );
}

interface SignInProps {
  api: Api;
  lead: string;
  why: string;
  onSignedIn: (person: Person) => void;
}

export function SignIn({ api, lead, why, onSignedIn }: SignInProps) {
  const submit = async (form: FormData) => {
    onSignedIn(await api.signIn(String(form.get("login")), String(form.get("password"))));
  };
  return (
    <Card title="Sign in" lead={lead} button="Sign in" submit={submit} why={why}>
      <Field id="login" label="Login" autocomplete="username" focus />
      <Field id="password" label="Password" secret autocomplete="current-password" />
    </Card>
  );
}

interface ChooseProps {
  api: Api;
  person: Person;
  onChosen: (person: Person) => void;
  onLeave: () => void;
}

export function ChoosePassword({ api, person, onChosen, onLeave }: ChooseProps) {
  const submit = async (form: FormData) => {
    const chosen = String(form.get("new"));
    if (chosen.length < SHORTEST) throw new Error(`A password needs at least ${SHORTEST} characters.`);
    if (chosen !== form.get("again")) throw new Error("The two new passwords differ.");
    onChosen(await api.choosePassword(String(form.get("current")), chosen));
  };
  const below = (
    <button class="link" type="button" onClick={onLeave}>
      Sign out
    </button>
  );
  return (
    <Card
      title="Choose a password"
      lead={`Hello, ${person.operator.name}. The password you signed in with works once; choose your own.`}
      button="Save and go on"
      submit={submit}
      below={below}
    >
      <input type="text" name="login" value={person.operator.login} autocomplete="username" hidden readOnly />
      <Field id="current" label="One-time password" secret autocomplete="current-password" focus />
      <Field
        id="new"
        label="New password"
        secret
        autocomplete="new-password"
        hint="At least 10 characters; three random words make a good one."
      />
      <Field id="again" label="New password, again" secret autocomplete="new-password" />
    </Card>
  );
}
