/**
 * Every random test of a run draws from the run's seed, which jest prints. `npm test -- --seed=N` draws the same again.
 */
import { jest } from '@jest/globals';
import fc from 'fast-check';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: jest.getSeed() });
