/** The frame that all addresses are in. */
import { createRootRoute } from '@tanstack/react-router';
import { NotFound } from '../shared/states.js';
import { Shell } from './shell.js';

export const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
