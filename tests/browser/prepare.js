// Loads the samples before the tests start, so that no two test files load the same one. `npm test` runs it first.

import { loadedSample } from './sample.js';

if (!process.env.RENKEI_URL) await Promise.all([loadedSample(false), loadedSample(true)]);
