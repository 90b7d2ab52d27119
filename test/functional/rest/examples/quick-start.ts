// The example of packages/rest/README.md, word for word: `examples.test.ts` compares and runs it.
import { LogicalPartition, Session } from '@openstack-powervm/rest';

await using session = await Session.open({
  endpoint: process.env['POWERVM_ENDPOINT'] ?? 'http://localhost:12080',
  credentials: {
    kind: 'password',
    username: process.env['POWERVM_USER'] ?? 'pvmadmin',
    password: process.env['POWERVM_PASSWORD'] ?? '',
  },
});
for (const { value } of await session.list(LogicalPartition))
  console.log(value.partitionID, value.partitionName, value.partitionState);
