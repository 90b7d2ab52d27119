import { campaign, everything } from './campaign.js';
import { faultFlows } from './flows/index.js';
import { Report } from './report.js';

/** The campaign of one flow, in a process of its own. The last line of its output is the report as JSON. */
const [title, ...kinds] = process.argv.slice(2);
const flow = faultFlows.find((each) => each.title === title);
if (!flow) throw new Error(`no flow is called "${title}"`);
const report = new Report();
await campaign(flow, kinds.length > 0 ? { kinds, steps: false, kills: false } : everything, report);
console.log(JSON.stringify(report));
