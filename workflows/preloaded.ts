/**
 * What a worker loads once for all its workflows (scripts/build.mjs): the pure cores, without engine and clock. Each workflow
 * would load them anew otherwise, and decide its first turns in code that V8 has not optimised yet (docs/performance.md).
 */
import '../district/due.js';
import '../episode/due.js';
import '../episode/message-order.js';
import './district-turn.js';
import './turn-of.js';
