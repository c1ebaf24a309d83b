/** The ways to ask for a template in one language: those that the files have, each removable, and new ones. */
import { W } from "./words";

interface Props {
  language: string;
  known: string[];
  removed: string[];
  more: string;
  onRemoved: (removed: string[]) => void;
  onMore: (more: string) => void;
}

export function Examples({ language, known, removed, more, onRemoved, onMore }: Props) {
  const id = `examples-${language}`;
  return (
    <>
      {known.length > 0 && <Known language={language} known={known} removed={removed} onRemoved={onRemoved} />}
      <div class="field">
        <label for={id}>{W.moreExamples(language)}</label>
        <textarea
          id={id}
          lang={language}
          rows={3}
          value={more}
          aria-describedby={`${id}-hint`}
          onInput={(event) => onMore(event.currentTarget.value)}
        />
        <p class="hint" id={`${id}-hint`}>
          {W.examplesHint}
        </p>
      </div>
    </>
  );
}

function Known({ language, known, removed, onRemoved }: Pick<Props, "language" | "known" | "removed" | "onRemoved">) {
  return (
    <details class="known-examples">
      <summary>{W.knownExamples(known.length - removed.length, language)}</summary>
      <ul>
        {known.map((one) => {
          const gone = removed.includes(one);
          const act = gone ? W.keep : W.remove;
          return (
            <li key={one}>
              {gone ? <del lang={language}>{one}</del> : <span lang={language}>{one}</span>}
              <button
                type="button"
                class="link"
                aria-label={`${act}: ${one}`}
                onClick={() => onRemoved(gone ? removed.filter((other) => other !== one) : [...removed, one])}
              >
                {act}
              </button>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
