const { EventCodec } = require('../../dist/libs/platform/event-store/index.js');
const { runProjectorThread } = require('../../dist/libs/platform/read-store/index.js');
const { learned } = require('./parcels.cjs');

runProjectorThread(learned, new EventCodec(), { largestEvent: 65_536 });
