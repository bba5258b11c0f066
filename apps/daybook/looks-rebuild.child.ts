import { runRebuildChild } from '#platform/read-store';
import { codec } from './codec';
import { openLookLog } from './look-log';
import { lookProjections } from './projections';

runRebuildChild(lookProjections, codec, { openLog: openLookLog });
