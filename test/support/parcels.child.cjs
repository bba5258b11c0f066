const { EventCodec } = require('../../dist/libs/platform/event-store/index.js');
const { runRebuildChild } = require('../../dist/libs/platform/read-store/index.js');
const { toys } = require('./parcels.cjs');

runRebuildChild(toys, new EventCodec(), { largestEvent: 65_536 });
