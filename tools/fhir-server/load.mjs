// Puts the resources of a folder of NDJSON files into a FHIR server under their own ids, in batches, as a system that feeds it would:
// `node load.mjs BASE FOLDER`. Prints how many there were.
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';

const [base, folder] = process.argv.slice(2);
const most = 200;
let batch = [];
let count = 0;

async function send() {
  if (batch.length === 0) return;
  const entry = batch.map((resource) => ({ request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` }, resource }));
  const body = JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry });
  const answer = await fetch(base, { method: 'POST', headers: { 'Content-Type': 'application/fhir+json' }, body });
  const bundle = await answer.json();
  const refused = (bundle.entry ?? []).filter((one) => !/^20[01]/.test(one.response?.status ?? ''));
  if (!answer.ok || bundle.entry?.length !== entry.length || refused.length > 0) {
    throw new Error(`the server took ${(bundle.entry?.length ?? 0) - refused.length} of ${entry.length} resources (${answer.status}, ${refused[0]?.response?.status})`);
  }
  count += entry.length;
  batch = [];
}

for (const file of (await readdir(folder)).filter((name) => name.endsWith('.ndjson')).sort()) {
  for await (const line of createInterface({ input: createReadStream(`${folder}/${file}`) })) {
    if (line.trim() === '') continue;
    batch.push(JSON.parse(line));
    if (batch.length === most) await send();
  }
}
await send();
console.log(count);
