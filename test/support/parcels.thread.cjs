const { EventCodec } = require('../../dist/libs/platform/event-store/index.js');
const { runProjectorThread } = require('../../dist/libs/platform/read-store/index.js');
const { toys } = require('./parcels.cjs');

runProjectorThread(toys, new EventCodec(), { largestEvent: 65_536 });
