import { runRebuildChild } from '#platform/read-store';
import { codec } from './codec';
import { projections } from './projections';

runRebuildChild(projections, codec);
