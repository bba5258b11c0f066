const { runRebuildChild } = require('../../dist/libs/platform/read-store/index.js');
const { codec, options, projections } = require('./parcels-fixed.cjs');

runRebuildChild(projections, codec, options);
