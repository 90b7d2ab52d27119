// A simulator in a process of its own, which a test may kill: node serve.js STATE-DIRECTORY
import { startSimulator } from '../simulator.js';
import { siteWithRepository } from './sites.js';

const simulator = await startSimulator({ site: siteWithRepository(), stateDir: process.argv[2], seed: 5 });
process.stdout.write(`${simulator.url}\n`);
