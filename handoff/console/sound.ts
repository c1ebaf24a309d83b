/** A soft tone when a customer needs somebody. Off until switched on; remembered in this browser. */

const KEY = "frontdesk.console.sound";

export function soundOn(): boolean {
  try {
    return localStorage.getItem(KEY) === "on";
  } catch {
    return false;
  }
}

export function setSound(on: boolean): void {
  try {
    localStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // A browser that keeps nothing only forgets the choice.
  }
  if (on) play();
}

let context: AudioContext | null = null;

export function chime(): void {
  if (soundOn()) play();
}

function play(): void {
  context ??= new AudioContext();
  const start = context.currentTime;
  for (const [index, pitch] of [660, 880].entries()) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const at = start + index * 0.12;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.12, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.25);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.3);
  }
}
