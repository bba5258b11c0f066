import { runProjectorThread } from '#platform/read-store';
import { codec } from './codec';
import { openLookLog } from './look-log';
import { lookProjections } from './projections';

runProjectorThread(lookProjections, codec, { openLog: openLookLog });
