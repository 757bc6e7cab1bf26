/** A moment on the clock of the episode: Beijing's, or the drill's. */
import type { ReactNode } from 'react';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { MomentField } from '../fields.js';

export interface ClockFieldProps {
  drill: boolean;
  label: string;
  hint?: string;
  wrong: string | undefined;
  value: string;
  onChange: (value: string) => void;
}

export const ClockField = ({ drill, label, onChange, ...field }: ClockFieldProps): ReactNode => (
  <MomentField
    {...field}
    label={actTexts.time[drill ? 'drill' : 'beijing'](label)}
    onChange={({ target }) => onChange(target.value)}
  />
);
