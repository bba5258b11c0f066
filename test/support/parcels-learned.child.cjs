const { EventCodec } = require('../../dist/libs/platform/event-store/index.js');
const { runRebuildChild } = require('../../dist/libs/platform/read-store/index.js');
const { learned } = require('./parcels.cjs');

runRebuildChild(learned, new EventCodec(), { largestEvent: 65_536 });
