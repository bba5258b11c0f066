import { runProjectorThread } from '#platform/read-store';
import { codec } from './codec';
import { projections } from './projections';

runProjectorThread(projections, codec);
