import { inProcessJobs } from '../index';
import { jobsContract } from '../jobs.contract';

jobsContract('memory', async () => ({ open: async (options) => inProcessJobs(options), flush: async () => undefined, close: async () => undefined }), { outlives: false });
