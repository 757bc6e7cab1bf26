/** A tone when more units wait for somebody. It is silent until the officer turns it on; browsers want a click first. */
import { useEffect, useRef, useState } from 'react';
import { storedInBrowser, storeInBrowser } from '../../shared/browser-store.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';

const REMEMBERED = 'qingkong-sound';
const PITCH = 880;
const SECONDS = 0.4;
const LOUDNESS = 0.2;

function ring(context: AudioContext): void {
  const tone = context.createOscillator();
  const gain = context.createGain();
  tone.frequency.value = PITCH;
  gain.gain.value = LOUDNESS;
  tone.connect(gain).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + SECONDS);
}

export function SoundSwitch({ count }: { count: number }) {
  const [isOn, setOn] = useState(() => storedInBrowser<boolean>(REMEMBERED) === true);
  const { context, isReady } = useAudio(isOn);
  const before = useRef(count);
  useEffect(() => {
    if (count > before.current && context) ring(context);
    before.current = count;
  }, [count, context]);
  function toggle() {
    storeInBrowser(REMEMBERED, !isOn);
    setOn(!isOn);
  }
  const words = isOn && !isReady ? dutyTexts.sound.waiting : dutyTexts.sound[isOn ? 'on' : 'off'];
  return (
    <button type="button" className="link-button not-printed" aria-pressed={isOn} onClick={toggle}>
      {words}
    </button>
  );
}

/** While it is on. After a reload it waits for a click or a key. */
function useAudio(isOn: boolean): { context: AudioContext | undefined; isReady: boolean } {
  const [context, setContext] = useState<AudioContext>();
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    if (!isOn) return;
    const made = new AudioContext();
    const follow = () => setReady(made.state === 'running');
    const resume = () => void made.resume();
    made.addEventListener('statechange', follow);
    document.addEventListener('pointerdown', resume);
    document.addEventListener('keydown', resume);
    follow();
    setContext(made);
    return () => {
      document.removeEventListener('pointerdown', resume);
      document.removeEventListener('keydown', resume);
      setContext(undefined);
      void made.close();
    };
  }, [isOn]);
  return { context, isReady };
}
