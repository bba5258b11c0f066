const { runProjectorThread } = require('../../dist/libs/platform/read-store/index.js');
const { codec, options, projections } = require('./parcels-fixed.cjs');

runProjectorThread(projections, codec, options);
